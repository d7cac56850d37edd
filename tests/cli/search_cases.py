"""`guildmark search` and `guildmark trace`, on the demo."""

import json
import unittest

from program import guildmark, path_of


def search(*words):
    result = guildmark("search", "--json", "--data", path_of("demo"), *words)
    assert result.returncode == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


class Search(unittest.TestCase):
    def test_what_cannot_be_meant_is_refused(self):
        for words, code in (
            (["--data-value", "country"], "argument_missing"),
            (["--status", "asleep"], "argument_missing"),
            (["--organisation", "brenner"], "id_malformed"),
            (["--organisation", "0000000000001"] * 3, "argument_conflict"),
        ):
            result = guildmark("search", "--data", path_of("demo"), *words)
            self.assertEqual((result.returncode, result.stdout), (2, ""), words)
            self.assertIn(code, result.stderr)

    def test_each_condition_finds_the_cases_that_meet_it(self):
        every = search()
        self.assertGreater(len(every), 0)
        for case in every:
            for state in case["states"].split():
                found = search("--state", state, "--workflow", case["workflow"])
                self.assertIn(case["case"], [one["case"] for one in found])
        self.assertEqual(search("--state", "nowhere"), [])
        self.assertEqual(search("--task", "apply", "--role", "decider", "--status", "finished"), [])
        self.assertEqual(search("--status", "paused"), [])
        in_germany = {one["case"] for one in search("--data-value", "country=DE")}
        self.assertTrue(in_germany)
        self.assertEqual(search("--data-value", "country=D"), [])
        running = {one["case"] for one in search("--status", "running")}
        finished = {one["case"] for one in search("--status", "finished")}
        self.assertEqual(running | finished, {one["case"] for one in every})
        self.assertFalse(running & finished)

    def test_people_read_a_line_for_each_case(self):
        result = guildmark("search", "--data", path_of("demo"))
        self.assertEqual(len(result.stdout.splitlines()), len(search()))


class Trace(unittest.TestCase):
    def test_a_case_that_is_not_there_is_refused(self):
        for case, code in (("0000000000001", "case_not_found"), ("x", "id_malformed")):
            result = guildmark("trace", case, "--data", path_of("demo"))
            self.assertEqual((result.returncode, result.stdout), (2, ""))
            self.assertIn(code, result.stderr)

    def test_each_record_stands_in_one_step_and_causes_come_first(self):
        case = search()[0]["case"]
        told = guildmark("trace", case, "--json", "--data", path_of("demo")).stdout.splitlines()
        steps = [json.loads(line) for line in told]
        sequences = [record["sequence"] for step in steps for record in step["records"]]
        self.assertEqual(sequences, list(range(1, len(sequences) + 1)))
        self.assertEqual(steps[0]["kind"], "case_opened")
        by_sequence = {step["sequence"]: step for step in steps}
        answered = [step for step in steps if step["kind"] == "task_completed"]
        self.assertTrue(answered)
        for step in answered:
            cause = by_sequence[step["caused_by"]["sequence"]]
            self.assertLess(cause["sequence"], step["sequence"])
            self.assertIn(step["sequence"], [link["sequence"] for link in cause["led_to"]])
            self.assertIn("task_opened", [record["kind"] for record in cause["records"]])
        for before, after in zip(steps, steps[1:]):
            self.assertEqual(before["after"], after["before"])

    def test_people_read_who_did_what(self):
        case = search()[0]["case"]
        told = guildmark("trace", case, "--data", path_of("demo")).stdout
        self.assertIn("case_opened", told)
        self.assertIn("    because of #", told)
        self.assertIn("    task apply opened for applicant", told)
        self.assertRegex(told, r"\n    timer of task review set for 20")
