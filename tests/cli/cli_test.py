#!/usr/bin/python3
"""Uses every subcommand as somebody who has just installed the program does.

    tests/cli/cli_test.py GUILDMARK [TEST ...]

Needs python3-openpyxl to read the report. The last line is "N passed, N failed".
"""

import json
import os
import re
import shutil
import socket
import sqlite3
import sys
import tempfile
import unittest

import openpyxl

from program import (
    chain_hash,
    change,
    copy_demo,
    guildmark,
    identity_text,
    path_of,
    paths,
    Server,
    verify,
)

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../.."))
BRENNER = os.path.join(ROOT, "samples/brenner/certification.scenario")
WORKFLOWS = os.path.join(ROOT, "tests/data/workflows")
STANDARDS = os.path.join(ROOT, "tests/data/standards")
COMMANDS = (
    "serve", "demo", "run", "check", "report", "replay", "verify", "rebuild", "token",
    "token list", "token make", "token revoke", "token bootstrap", "scxml", "version",
)  # fmt: skip
PLACE = re.compile(r"^(\S+):(\d+):(\d+): (?:warning: )?([a-z_]+): ")


def write_page(folder, text):
    with open(os.path.join(folder, "index.html"), "w", encoding="utf-8") as file:
        file.write(text)
    return folder


class WhatIsTyped(unittest.TestCase):
    def test_every_command_explains_itself(self):
        self.assertEqual(guildmark("--help").returncode, 0)
        for command in COMMANDS:
            result = guildmark(*command.split(), "--help")
            self.assertEqual(result.returncode, 0, command)
            self.assertIn(f"Usage: guildmark {command}", result.stdout)

    def test_the_help_names_every_command(self):
        listed = guildmark("--help").stdout
        for command in COMMANDS:
            self.assertIn(f"  {command.split()[0]} ", listed)

    def test_the_version_is_told_in_both_ways(self):
        told = guildmark("version")
        self.assertEqual((told.returncode, told.stderr), (0, ""))
        self.assertRegex(told.stdout, r"^guildmark \d+\.\d+\.\d+\n$")
        self.assertEqual(guildmark("--version").stdout, told.stdout)

    def test_wrong_words_end_with_2(self):
        for words in ([], ["nothing"], ["verify", "--frob"], ["run"], ["token"], ["report"]):
            result = guildmark(*words)
            self.assertEqual(result.returncode, 2, words)
            self.assertIn("--help", result.stderr, words)


class Run(unittest.TestCase):
    def test_the_sample_ends_with_an_active_certificate_and_a_report(self):
        report = path_of("brenner.xlsx")
        result = guildmark("run", BRENNER, "--report", report, "--json")
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        told = json.loads(result.stdout)
        certificate = told["certificates"][0]
        self.assertEqual(len(told["certificates"]), 1)
        self.assertEqual(certificate["status"], "active")
        self.assertEqual(certificate["valid_from"], "2026-06-08")
        self.assertEqual(certificate["valid_until"], "2029-06-07")
        self.assertEqual(told["report"], report)
        book = openpyxl.load_workbook(report)
        self.assertEqual(
            book.sheetnames,
            ["Cover", "Summary", "Requirements", "Evidence", "Findings", "Timeline"],
        )
        numbers = [str(row[0].value) for row in book["Requirements"].iter_rows(min_row=2)]
        self.assertEqual(numbers[0], "4.1", "requirements stand in the standard's order")
        self.assertIn("7.1.5.2", numbers)
        self.assertLess(numbers.index("9.1.1"), numbers.index("10.1"))

    def test_two_runs_give_one_journal_and_one_report_byte_for_byte(self):
        journals = []
        reports = []
        for name in ("first", "second"):
            data, report = path_of(name), path_of(f"{name}.xlsx")
            result = guildmark("run", BRENNER, "--data", data, "--report", report)
            self.assertEqual(result.returncode, 0, result.stderr)
            journals.append(guildmark("replay", "--json", "--data", data).stdout)
            with open(report, "rb") as file:
                reports.append(file.read())
        self.assertGreater(len(journals[0].splitlines()), 200)
        self.assertEqual(journals[0], journals[1])
        self.assertEqual(reports[0], reports[1])

    def test_a_scenario_is_not_played_onto_the_data_of_others(self):
        data = copy_demo("played-onto")
        result = guildmark("run", BRENNER, "--data", data)
        self.assertEqual(result.returncode, 1)
        self.assertIn("data_not_empty", result.stderr)

    def test_a_scenario_that_comes_out_otherwise_is_told_with_its_place(self):
        wrong = os.path.join(ROOT, "tests/scenarios/wrong.scenario")
        library = os.path.join(ROOT, "samples/honey-mark")
        result = guildmark("run", wrong, "--library", library)
        self.assertEqual(result.returncode, 1)
        place = PLACE.match(result.stderr)
        self.assertEqual((place[1], place[4]), (wrong, "expectation_unmet"))
        with open(wrong, encoding="utf-8") as file:
            self.assertEqual(int(place[2]), len(file.readlines()))

    def test_a_scenario_that_cannot_be_read_is_told_with_its_place(self):
        broken = path_of("broken.scenario")
        with open(broken, "w", encoding="utf-8") as file:
            file.write('scenario "good"\n\norganisation firm client "Firm\n')
        result = guildmark("run", broken)
        self.assertEqual(result.returncode, 2)
        self.assertTrue(result.stderr.startswith(f"{broken}:3:1: quote_open: "), result.stderr)
        told = json.loads(guildmark("run", broken, "--json").stdout)["diagnostics"]
        self.assertEqual([(item["code"], item["line"]) for item in told], [("quote_open", 3)])

    def test_the_demo_is_a_scenario_too(self):
        result = guildmark("run", os.path.join(ROOT, "samples/demo/demo.scenario"))
        self.assertEqual(result.returncode, 0, result.stderr)


class Check(unittest.TestCase):
    def test_each_broken_workflow_is_refused_as_expected(self):
        for name in sorted(os.listdir(os.path.join(WORKFLOWS, "broken"))):
            with self.subTest(name), tempfile.TemporaryDirectory(dir=paths["folder"]) as folder:
                shutil.copytree(os.path.join(WORKFLOWS, "sound"), folder, dirs_exist_ok=True)
                shutil.copytree(os.path.join(WORKFLOWS, "broken", name), folder, dirs_exist_ok=True)
                with open(os.path.join(folder, "expected.txt"), encoding="utf-8") as file:
                    expected = [line for line in file.read().splitlines() if line]
                os.remove(os.path.join(folder, "expected.txt"))
                if name == "file_unknown":
                    expected = []  # a folder may hold more, such as a README and a scenario
                result = guildmark("check", folder)
                told = [line.replace(f"{folder}/", "", 1) for line in result.stderr.splitlines()]
                self.assertEqual(told, expected)
                wrong = any(": warning: " not in line for line in expected)
                self.assertEqual(result.returncode, 2 if wrong else 0)

    def test_each_broken_standard_is_refused_with_file_line_and_column(self):
        folder = os.path.join(STANDARDS, "broken")
        for name in sorted(os.listdir(folder)):
            with self.subTest(name):
                file = os.path.join(folder, name)
                result = guildmark("check", file)
                self.assertEqual(result.returncode, 2)
                place = PLACE.match(result.stderr)
                self.assertIsNotNone(place, result.stderr)
                self.assertEqual((place[1], place[4]), (file, name.removesuffix(".xml")))

    def test_what_is_sound_passes(self):
        sound = [
            os.path.join(WORKFLOWS, "sound"),
            os.path.join(STANDARDS, "sound/smallest.xml"),
            os.path.join(ROOT, "workflows/iso-9001"),
            os.path.join(ROOT, "standards/iso-9001/2015.xml"),
            os.path.join(ROOT, "samples/honey-mark/workflows/honey-mark"),
            os.path.join(ROOT, "samples/brenner/evidence.xml"),
            BRENNER,
        ]
        result = guildmark("check", *sound)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertEqual(result.stdout, "7 checked, nothing to mend\n")

    def test_a_file_that_is_not_there_is_named(self):
        result = guildmark("check", path_of("nowhere.xml"))
        self.assertEqual(result.returncode, 2)
        self.assertIn(path_of("nowhere.xml"), result.stderr)


class Store(unittest.TestCase):
    def test_what_was_written_is_sound(self):
        status, told = verify(path_of("demo"))
        self.assertEqual((status, told["sound"], told["faults"]), (0, True, []))
        lines = guildmark("replay", "--json", "--data", path_of("demo")).stdout.splitlines()
        self.assertEqual(len(lines), told["records"])

    def test_one_case_can_be_replayed(self):
        result = guildmark("replay", "--json", "--data", path_of("demo"))
        streams = [json.loads(line)["stream"] for line in result.stdout.splitlines()]
        one = guildmark("replay", "--json", "--data", path_of("demo"), "--case", streams[-1])
        records = [json.loads(line) for line in one.stdout.splitlines()]
        self.assertEqual({record["stream"] for record in records}, {streams[-1]})
        sequences = [record["sequence"] for record in records]
        self.assertEqual(sequences, list(range(1, streams.count(streams[-1]) + 1)))

    def test_the_chain_is_as_the_reference_says(self):
        lines = guildmark("replay", "--json", "--data", path_of("demo")).stdout.splitlines()
        heads = {}
        for line in lines:
            record = json.loads(line)
            payload = line.split('"payload":', 1)[1].removesuffix("}")
            previous = heads.get(record["stream"], bytes(32))
            heads[record["stream"]] = chain_hash(previous, record, payload)
            self.assertEqual(heads[record["stream"]].hex(), record["hash"])
        self.assertGreater(len(heads), 2)

    def test_a_case_that_is_not_there_is_refused(self):
        for words in (["replay"], ["report", "--out", path_of("none.xlsx")]):
            for case, code in (("0000000000001", "case_not_found"), ("x", "id_malformed")):
                result = guildmark(*words, "--data", path_of("demo"), "--case", case)
                self.assertEqual(result.returncode, 2, words)
                self.assertIn(code, result.stderr)
        self.assertFalse(os.path.exists(path_of("none.xlsx")))

    def test_a_byte_that_changed_in_the_journal_is_found(self):
        data = copy_demo("flipped")
        journal = os.path.join(data, "journal.sqlite")
        with open(journal, "rb+") as file:
            place = file.read().find(b'{"trigger":"task.sign.sign"')
            self.assertGreater(place, 0)
            file.seek(place + len('{"trigger":"task.sign.sig'))
            file.write(b"m")
        store = sqlite3.connect(journal)
        stream, sequence = store.execute(
            "SELECT stream, sequence FROM record WHERE payload LIKE '%task.sign.sigm%'"
        ).fetchone()
        store.close()
        status, told = verify(data)
        self.assertEqual((status, told["sound"]), (4, False))
        self.assertEqual(
            [(fault["code"], fault["subject"]) for fault in told["faults"]],
            [("store_corrupted", f"{identity_text(stream)}/{sequence}")],
        )
        self.assertEqual(guildmark("rebuild", "--data", data).returncode, 4)

    def test_a_record_that_is_gone_is_named(self):
        data = copy_demo("gone")
        lines = guildmark("replay", "--json", "--data", data).stdout.splitlines()
        record = json.loads(lines[len(lines) // 2])
        gone = f"DELETE FROM record WHERE position = {record['position']}"
        self.assertEqual(change(data, gone), 1)
        status, told = verify(data)
        self.assertEqual(status, 4)
        subjects = {fault["subject"] for fault in told["faults"]}
        self.assertIn(f"{record['stream']}/{record['sequence'] + 1}", subjects)
        self.assertEqual(guildmark("rebuild", "--data", data).returncode, 4)

    def test_rows_that_differ_are_found_and_written_anew(self):
        for name, statement, code in (
            ("row-gone", "DELETE FROM task WHERE status = 0", "rows_differ"),
            ("row-edited", "UPDATE case_summary SET title = 'Another'", "store_corrupted"),
            ("timer-edited", "UPDATE timer SET due = due + 1", "store_corrupted"),
        ):
            with self.subTest(name):
                data = copy_demo(name)
                self.assertGreater(change(data, statement), 0)
                status, told = verify(data)
                self.assertEqual(status, 4)
                self.assertIn(code, [fault["code"] for fault in told["faults"]])
                self.assertEqual(guildmark("rebuild", "--data", data).returncode, 0)
                self.assertEqual(verify(data)[0], 0)

    def test_a_folder_without_data_is_refused_and_not_made(self):
        nowhere = path_of("nowhere")
        identity = "0000000000001"
        for words in (
            ["verify"],
            ["rebuild"],
            ["replay"],
            ["report", "--case", identity, "--out", path_of("none.xlsx")],
            ["token", "list"],
            ["token", "make", "--organisation", identity, "--person", identity],
            ["token", "revoke", "--organisation", identity, "--token", identity],
        ):
            with self.subTest(words):
                result = guildmark(*words, "--data", nowhere)
                self.assertEqual(result.returncode, 2, result.stderr)
                self.assertIn("data_folder_failed", result.stderr)
                self.assertIn(nowhere, result.stderr)
                self.assertFalse(os.path.exists(nowhere))


class Demo(unittest.TestCase):
    def test_it_is_refused_on_data_of_others(self):
        data = copy_demo("others")
        os.remove(os.path.join(data, "demo.json"))
        result = guildmark("demo", "--data", data)
        self.assertEqual(result.returncode, 1)
        self.assertIn("data_not_empty", result.stderr)

    def test_it_tells_a_link_for_each_persona_and_again_the_same(self):
        told = guildmark("demo", "--data", path_of("demo"), "--json")
        links = [persona["link"] for persona in json.loads(told.stdout)]
        self.assertEqual(len(links), 7)
        for link in links:
            self.assertRegex(link, r"^http://127\.0\.0\.1:8080/#token=gm_\w+$")
        self.assertEqual(guildmark("demo", "--data", path_of("demo"), "--json").stdout, told.stdout)

    def test_only_its_owner_reads_the_data_and_the_tokens(self):
        for path in (path_of("demo"), os.path.join(path_of("demo"), "demo.json")):
            self.assertEqual(os.stat(path).st_mode & 0o077, 0, path)


class Report(unittest.TestCase):
    def test_a_case_of_the_demo_is_written_in_another_language(self):
        replayed = guildmark("replay", "--json", "--data", path_of("demo")).stdout
        case = next(
            record["stream"]
            for record in map(json.loads, replayed.splitlines())
            if record["kind"] == "case_opened"
        )
        out = path_of("demo.xlsx")
        words = ["report", "--data", path_of("demo"), "--case", case, "--out", out]
        result = guildmark(*words, "--language", "zh")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(len(openpyxl.load_workbook(out).sheetnames), 6)
        self.assertNotIn("Cover", openpyxl.load_workbook(out).sheetnames)


class Tokens(unittest.TestCase):
    def test_a_token_signs_in_until_it_is_revoked(self):
        data = copy_demo("tokens")
        listed = guildmark("token", "list", "--data", data, "--json").stdout.splitlines()
        firm = next(item for item in map(json.loads, listed) if "Brenner" in item["name"])
        words = ["--data", data, "--organisation", firm["organisation"], "--json"]
        person = firm["members"][0]["person"]
        made = guildmark("token", "make", *words, "--person", person, "--label", "test")
        self.assertEqual(made.returncode, 0, made.stderr)
        token = json.loads(made.stdout)
        with Server(data) as server:
            self.assertEqual(server.get("/me", "gm_" + "a" * 52)[0], 401)
            self.assertEqual(server.get("/me", token["token"])[0], 200)
        revoked = guildmark("token", "revoke", *words, "--token", token["id"])
        self.assertEqual(revoked.returncode, 0, revoked.stderr)
        with Server(data) as server:
            status, problem = server.get("/me", token["token"])
            self.assertEqual((status, problem["code"]), (401, "token_revoked"))
        self.assertEqual(verify(data)[0], 0)

    def test_an_empty_installation_begins_with_its_administrator(self):
        data = path_of("bootstrap")
        words = ["token", "bootstrap", "--data", data]
        words += ["--organisation", "Norwell", "--person", "Clara Dubois"]
        made = guildmark(*words, "--json")
        self.assertEqual(made.returncode, 0, made.stderr)
        with Server(data) as server:
            status, me = server.get("/me", json.loads(made.stdout)["token"])
        self.assertEqual(status, 200)
        self.assertIn("Clara Dubois", json.dumps(me))
        again = guildmark(*words)
        self.assertEqual(again.returncode, 1)
        self.assertIn("data_not_empty", again.stderr)


class Serve(unittest.TestCase):
    def test_SIGTERM_ends_it_with_0(self):
        with Server(copy_demo("ended")) as server:
            self.assertEqual(server.get("/health")[0], 200)
        self.assertEqual(server.status, 0)

    def test_a_port_in_use_is_named(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            address = f"127.0.0.1:{taken.getsockname()[1]}"
            result = guildmark("serve", "--data", copy_demo("port"), "--listen", address)
        self.assertEqual(result.returncode, 1)
        self.assertIn("address_unavailable", result.stderr)
        self.assertIn(address.rsplit(":", 1)[1], result.stderr)

    def test_an_address_that_is_none_is_refused(self):
        result = guildmark("serve", "--data", copy_demo("address"), "--listen", "here")
        self.assertEqual(result.returncode, 2)
        self.assertIn("address_malformed", result.stderr)

    def test_the_pages_of_a_folder_without_pages_are_refused(self):
        for folder in (path_of("nowhere"), paths["folder"]):
            result = guildmark("serve", "--data", copy_demo("pageless"), "--web-root", folder)
            shutil.rmtree(path_of("pageless"))
            self.assertEqual(result.returncode, 2)
            self.assertIn("web_root_invalid", result.stderr)
            self.assertIn(folder, result.stderr)

    def test_the_pages_of_a_folder_are_read_anew_and_nothing_outside_it(self):
        site = path_of("site")
        os.mkdir(site)
        with open(path_of("secret.txt"), "w", encoding="utf-8") as file:
            file.write("not a page")
        with Server(copy_demo("pages"), "--web-root", write_page(site, "first")) as server:
            self.assertEqual(server.get_page("/"), (200, b"first"))
            write_page(site, "second")
            self.assertEqual(server.get_page("/"), (200, b"second"))
            self.assertEqual(server.get_page("/cases/1"), (200, b"second"))
            for outside in ("/../secret.txt", "/%2e%2e/secret.txt", "/missing.js"):
                self.assertEqual(server.get_page(outside)[0], 404, outside)
            self.assertEqual(server.get("/health")[0], 200)

    def test_a_second_server_on_the_same_data_is_refused(self):
        data = copy_demo("twice")
        with Server(data):
            result = guildmark("serve", "--data", data, "--listen", "127.0.0.1:0")
        self.assertEqual(result.returncode, 1)
        self.assertIn("store_in_use", result.stderr)


class Scxml(unittest.TestCase):
    def run_document(self, text, *words):
        path = path_of("chart.scxml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(f'<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0">{text}</scxml>')
        return guildmark("scxml", path, *words)

    def test_a_document_of_the_W3C_passes(self):
        result = guildmark("scxml", os.path.join(ROOT, "tests/data/scxml-irp/test144.scxml"))
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(result.stdout.splitlines()[-1], "pass")

    def test_time_runs_out_with_3(self):
        result = self.run_document('<state id="wait"/>', "--timeout", "0.2")
        self.assertEqual(result.returncode, 3)

    def test_a_wrong_document_is_told_with_its_place(self):
        result = self.run_document('<state id="a"><transition event="e" target="b"/></state>')
        self.assertEqual(result.returncode, 2)
        self.assertIn("chart.scxml:1:", result.stderr)
        self.assertIn("transition_target_unknown", result.stderr)


def main():
    if len(sys.argv) < 2:
        sys.exit("say: tests/cli/cli_test.py GUILDMARK [TEST ...]")
    paths["program"] = os.path.abspath(sys.argv[1])
    loader = unittest.TestLoader()
    module = sys.modules[__name__]
    tests = (
        loader.loadTestsFromNames(sys.argv[2:], module)
        if len(sys.argv) > 2
        else loader.loadTestsFromModule(module)
    )
    with tempfile.TemporaryDirectory(prefix="guildmark-cli-") as folder:
        paths["folder"] = folder
        if guildmark("demo", "--data", path_of("demo")).returncode != 0:
            sys.exit("the demo does not load")
        result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(tests)
    wrong = {test.id().split(" ")[0] for test, _ in result.failures + result.errors}
    print(f"{result.testsRun - len(wrong)} passed, {len(wrong)} failed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
