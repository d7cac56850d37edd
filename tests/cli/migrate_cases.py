"""`guildmark migrate`: running cases go on under a new version of their workflow."""

import glob
import json
import os
import shutil
import unittest

from program import copy_demo, guildmark, path_of, ROOT, Server, verify

CHANGES = (  # What the new version of ISO 9001 calls otherwise.
    ('id="responding"', 'id="replying"'),
    ('target="responding"', 'target="replying"'),
    ('initial="responding"', 'initial="replying"'),
    ('gm:task id="respond"', 'gm:task id="replyToFindings"'),
    ("task.respond.", "task.replyToFindings."),
    ("findings.overdue", "majors.overdue"),
    ('<data id="applicationFee"', '<data id="feeOfApplication"'),
    ('amount-expr="applicationFee"', 'amount-expr="feeOfApplication"'),
    ('<data id="reviewWithin"', '<data id="rounds" expr="1"/><data id="reviewWithin"'),
)
WHOLE = """<state from="responding" to="replying"/><task from="respond" to="replyToFindings"/>
<event from="findings.overdue" to="majors.overdue"/>
<data from="applicationFee" to="feeOfApplication"/><data to="rounds" expr="1 + 1"/>"""


def new_library(name):
    """The project's library with a new version of ISO 9001 in it."""
    folder = path_of(name)
    for part in ("workflows", "standards"):
        shutil.copytree(os.path.join(ROOT, part), os.path.join(folder, part))
    os.remove(os.path.join(folder, "workflows/iso-9001/simulation.xml"))
    shutil.rmtree(os.path.join(folder, "workflows/iso-14001"))  # It keeps the old names.
    changed = set()
    for part in glob.glob(os.path.join(folder, "workflows/*/*.[sx]*ml")):
        with open(part, encoding="utf-8") as file:
            text = file.read()
        for old, new in CHANGES:
            if old in text:
                changed.add(old)
                text = text.replace(old, new)
        with open(part, "w", encoding="utf-8") as file:
            file.write(text)
    assert len(changed) == len(CHANGES), changed
    return folder


def plan(name, content, attributes='workflow="iso-9001" from="any" reason="New names"'):
    path = path_of(name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(f'<migration xmlns="urn:guildmark:workflow:1" {attributes}>\n{content}\n</migration>\n')
    return path


def migrate(data, library, file, *words):
    return guildmark("migrate", "--data", data, "--library", library, "--plan", file, *words)


def records_of(data):
    lines = guildmark("replay", "--json", "--data", data).stdout.splitlines()
    return [json.loads(line) for line in lines]


class Migrate(unittest.TestCase):
    def test_a_wrong_plan_is_refused_with_its_place(self):
        data, library = copy_demo("plan-data"), new_library("plan-library")
        for content, attributes, told in (
            ("<sate/>", 'workflow="iso-9001" from="any" reason="r"', ':2:1: element_unknown: '),
            ("", 'workflow="iso-9001" from="any"', ":1:1: attribute_missing: "),
            ("", 'workflow="iso-9001" from="3f" reason="r"', ":1:1: attribute_invalid: "),
            ('<state from="a" to="b"/><state from="a" to="c"/>',
             'workflow="iso-9001" from="any" reason="r"', ":2:25: id_repeated: "),
            ('<data from="a" expr="1"/>',
             'workflow="iso-9001" from="any" reason="r"', ":2:1: attribute_conflict: "),
            ("", 'workflow="iso-901" from="any" reason="r"', 'did you mean "iso-9001"?'),
            ("", 'workflow="iso-9001" from="any" to="00000000" reason="r"', "version_other: "),
        ):  # fmt: skip
            result = migrate(data, library, plan("wrong.xml", content, attributes))
            self.assertEqual((result.returncode, result.stdout), (2, ""), content)
            self.assertIn(told, result.stderr)
        result = migrate(data, library, path_of("none.xml"))
        self.assertEqual(result.returncode, 2)
        self.assertIn("file_unreadable", result.stderr)

    def test_it_needs_the_data_for_itself(self):
        data, library = copy_demo("served-data"), new_library("served-library")
        with Server(data):
            result = migrate(data, library, plan("served.xml", WHOLE), "--dry-run")
        self.assertEqual(result.returncode, 1)
        self.assertIn("store_in_use", result.stderr)

    def test_a_case_is_refused_with_all_that_is_missing_and_stays_as_it_was(self):
        data, library = copy_demo("refused-data"), new_library("refused-library")
        before = records_of(data)
        result = migrate(data, library, plan("nothing.xml", ""), "--json")
        self.assertEqual(result.returncode, 1, result.stderr)
        told = json.loads(result.stdout)
        self.assertEqual(told["refused"], len(told["cases"]))
        case = next(case for case in told["cases"] if case["states"] == "responding")
        self.assertIsNone(case["states_after"])
        self.assertEqual(
            [(refusal["code"], refusal["subject"]) for refusal in case["refusals"]],
            [
                ("state_unmapped", "responding"),
                ("variable_unmapped", "applicationFee"),
                ("variable_missing", "feeOfApplication"),
                ("variable_missing", "rounds"),
                ("task_unmapped", "respond"),
            ],
        )
        self.assertIn("event_unheard", [warning["code"] for warning in case["warnings"]])
        self.assertEqual(records_of(data), before)

    def test_a_state_of_another_place_and_its_tasks_are_refused(self):
        data, library = copy_demo("misplaced-data"), new_library("misplaced-library")
        content = WHOLE.replace('to="replying"', 'to="judging"')
        told = json.loads(
            migrate(data, library, plan("misplaced.xml", content), "--dry-run", "--json").stdout
        )
        case = next(case for case in told["cases"] if case["states"] == "responding")
        self.assertEqual([refusal["code"] for refusal in case["refusals"]], ["task_misplaced"])
        self.assertEqual([warning["code"] for warning in case["warnings"]], ["task_not_opened"])

    def test_a_dry_run_tells_what_would_be_and_writes_nothing(self):
        data, library = copy_demo("dry-data"), new_library("dry-library")
        before = records_of(data)
        result = migrate(data, library, plan("dry.xml", WHOLE), "--dry-run")
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertIn("would go", result.stdout)
        self.assertIn("responding -> replying\n    task respond -> replyToFindings\n", result.stdout)
        self.assertEqual(records_of(data), before)

    def test_cases_go_on_under_the_new_version(self):
        data, library = copy_demo("moved-data"), new_library("moved-library")
        before = records_of(data)
        file = plan("moved.xml", WHOLE)
        told = json.loads(migrate(data, library, file, "--json").stdout)
        self.assertEqual(told["refused"], 0)
        self.assertTrue(all(case["migrated"] for case in told["cases"]))
        after = records_of(data)
        written = [record for record in after if record["kind"] == "case_migrated"]
        self.assertEqual(len(written), len(told["cases"]))
        kept = [record for record in after if record["kind"] != "case_migrated"]
        self.assertEqual(kept, before, "nothing else was written")
        case = next(case for case in told["cases"] if case["states"] == "responding")
        record = next(record for record in written if record["stream"] == case["case"])
        payload = record["payload"]
        self.assertEqual(payload["to_version"], told["to_version"])
        self.assertEqual(payload["reason"], "New names")
        self.assertEqual(payload["states"], "replying")
        self.assertEqual(payload["session"]["data"]["rounds"], 2)
        self.assertNotIn("applicationFee", payload["session"]["data"])
        self.assertEqual((record["role"], record["person"]), ("system", ""))
        self.assertEqual(verify(data)[0], 0)
        self.assertEqual(guildmark("rebuild", "--data", data).returncode, 0)
        self.assertEqual(verify(data)[0], 0)
        again = json.loads(migrate(data, library, file, "--json").stdout)
        self.assertEqual(again["cases"], [], "they have that version already")
        picture = guildmark(
            "draw", "--case", case["case"], "--data", data, "--library", library
        )
        self.assertEqual(picture.returncode, 0, picture.stderr)
        with Server(data, "--library", library) as server:
            self.assertEqual(server.get("/certificates/none")[0], 404)

    def test_only_the_version_that_is_named_is_meant(self):
        data, library = copy_demo("named-data"), new_library("named-library")
        attributes = 'workflow="iso-9001" from="{}" reason="r"'
        file = plan("other.xml", WHOLE, attributes.format("00000000"))
        told = json.loads(migrate(data, library, file, "--json").stdout)
        self.assertEqual(told["cases"], [])
        file = plan("any.xml", WHOLE)
        cases = json.loads(migrate(data, library, file, "--dry-run", "--json").stdout)["cases"]
        self.assertTrue(cases)
        file = plan("this.xml", WHOLE, attributes.format(cases[0]["from_version"][:12]))
        told = json.loads(migrate(data, library, file, "--json").stdout)
        self.assertTrue(all(case["migrated"] for case in told["cases"]))
        self.assertTrue(told["cases"])
