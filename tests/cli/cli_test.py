#!/usr/bin/python3
"""Uses every subcommand as somebody who has just installed the program does.

    tests/cli/cli_test.py GUILDMARK [TEST ...]

Needs python3-openpyxl to read the report. The last line is "N passed, N failed".
"""

import datetime
import json
import os
import shutil
import socket
import sys
import tempfile
import time
import unittest

import openpyxl

from audit_cases import AuditTime, CheckRules, SampleSize
from certificate_cases import Certificates
from certificate_paper_cases import CertificatePapers
from check_cases import Check
from draw_cases import Draw
from draw_sample_cases import DrawSample, NewSeed
from gap_cases import Gap
from migrate_cases import Migrate
from program import (
    BRENNER,
    copy_demo,
    guildmark,
    path_of,
    paths,
    PLACE,
    ROOT,
    Server,
    verify,
)
from quote_cases import Quote
from report_cases import Registers
from run_cases import RunCoverage, RunTimers
from simulate_cases import Simulate
from size_class_cases import SizeClass
from search_cases import Search, Trace
from store_cases import Store
from transition_cases import Transition

COMMANDS = (
    "serve", "demo", "run", "check", "draw", "simulate", "audit-time", "quote", "sample-size", "draw-sample",
    "report", "certificate", "label", "search", "trace", "replay", "verify", "rebuild", "migrate", "token",
    "token list", "token make", "token revoke", "token bootstrap", "scxml", "version",
)  # fmt: skip


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


    def test_a_subcommand_that_is_not_there_is_named_with_the_nearest(self):
        for words, nearest in ((["verfy"], "verify"), (["token", "lst"], "list"), (["frobnicate"], None)):
            result = guildmark(*words)
            self.assertEqual(result.returncode, 2, words)
            self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)
            self.assertIn(f'guildmark: subcommand_unknown: there is no subcommand "{words[-1]}"', result.stderr)
            self.assertEqual(f'did you mean "{nearest}"?' in result.stderr, nearest is not None)
            self.assertIn(" ".join(["guildmark", *words[:-1], "--help"]), result.stderr)


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
        self.assertEqual(certificate["first_granted"], "2026-06-08")
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

    def test_a_report_in_a_language_that_nobody_has_is_refused_before_anything_is_played(self):
        report = path_of("french.xlsx")
        result = guildmark("run", BRENNER, "--report", report, "--language", "fr")
        self.assertEqual(result.returncode, 2)
        self.assertIn("language_unknown", result.stderr)
        self.assertFalse(os.path.exists(report))

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


    def test_a_language_that_nobody_has_is_refused_with_those_that_there_are(self):
        out = path_of("none.xlsx")
        result = guildmark(
            "report", "--case", "0000000000001", "--out", out, "--language", "fr",
            "--data", path_of("demo"),
        )  # fmt: skip
        self.assertEqual(result.returncode, 2)
        self.assertIn('language_unknown: there is no report in the language "fr"', result.stderr)
        self.assertIn("there is en, zh", result.stderr)
        self.assertFalse(os.path.exists(out))


class Tokens(unittest.TestCase):
    def test_a_token_that_is_over_before_it_is_made_is_refused(self):
        yesterday = (datetime.date.today() - datetime.timedelta(days=2)).isoformat()
        data = copy_demo("past")
        before = guildmark("replay", "--json", "--data", data).stdout
        words = ["--organisation", "0000000000001", "--person", "0000000000001"]
        for command in ("make", "bootstrap"):
            result = guildmark("token", command, "--data", data, *words, "--expires", yesterday)
            self.assertEqual(result.returncode, 2)
            self.assertIn(f"expires_in_the_past: {yesterday} is over", result.stderr)
        self.assertEqual(guildmark("replay", "--json", "--data", data).stdout, before)
        never = path_of("never")
        guildmark("token", "bootstrap", "--data", never, *words, "--expires", yesterday)
        self.assertFalse(os.path.exists(never))

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

    def test_SIGTERM_does_not_wait_for_half_a_request(self):
        with Server(copy_demo("half")) as server:
            half = socket.create_connection(("127.0.0.1", server.port))
            half.sendall(b"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Le")
            self.assertEqual(server.get("/health")[0], 200)
            begin = time.monotonic()
        self.assertEqual(server.status, 0)
        self.assertLess(time.monotonic() - begin, 5)
        half.close()

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
