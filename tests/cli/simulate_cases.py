"""`guildmark simulate`: how long it takes."""

import json
import os
import unittest

import openpyxl

from program import guildmark, path_of, ROOT

HONEY = os.path.join(ROOT, "samples/honey-mark")


def simulate(*words):
    return guildmark("simulate", *words)


def write_assumptions(name, content):
    path = path_of(name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(f'<simulation xmlns="urn:guildmark:workflow:1">\n{content}\n</simulation>\n')
    return path


class Simulate(unittest.TestCase):
    def test_what_cannot_be_simulated_is_refused(self):
        for words, code, told in (
            (["iso-901"], "workflow_unknown", 'did you mean "iso-9001"?'),
            (["iso-9001", "--cases", "0"], "value_malformed", "--cases is a whole number from 1"),
            (["iso-9001", "--cases", "100001"], "value_malformed", "to 100000"),
            (["iso-9001", "--cases", "many"], "value_malformed", '"many"'),
            (["iso-9001", "--seed", "-1"], "value_malformed", "--seed"),
            (["iso-9001", "--language", "fr"], "language_unknown", "en"),
            (["iso-9001", "--assumptions", path_of("none.xml")], "file_unreadable", "none.xml"),
        ):
            result = simulate(*words)
            self.assertEqual((result.returncode, result.stdout), (2, ""), words)
            self.assertIn(f"guildmark: {code}: ", result.stderr)
            self.assertIn(told, result.stderr)

    def test_faults_of_assumptions_are_told_with_place_and_nearest_name(self):
        file = write_assumptions("unknown.xml", '  <task id="aply"/>')
        result = simulate("iso-9001", "--assumptions", file)
        self.assertEqual(result.returncode, 2)
        self.assertIn(f'{file}:2:3: task_unknown: there is no task "aply"; did you mean "apply"?', result.stderr)
        file = write_assumptions(
            "zero.xml", '<task id="decide">\n  <outcome id="grant" weight="0"/></task>'
        )
        told = simulate("iso-9001", "--assumptions", file, "--json")
        self.assertEqual(told.returncode, 2)
        fault = json.loads(told.stdout)["diagnostics"][0]
        self.assertEqual((fault["code"], fault["line"], fault["column"]), ("weights_all_zero", 3, 3))

    def test_each_workflow_of_the_project_comes_with_assumptions_that_lead_to_certificates(self):
        for workflow in ("iso-9001", "iso-14001"):
            checked = guildmark("check", os.path.join(ROOT, f"workflows/{workflow}/simulation.xml"))
            self.assertEqual(checked.returncode, 0, checked.stderr)
            told = simulate(workflow, "--cases", "60", "--seed", "7", "--json")
            self.assertEqual(told.returncode, 0, told.stderr)
            self.assertGreater(json.loads(told.stdout)["certified"]["count"], 30, workflow)

    def test_assumptions_beside_a_workflow_are_checked_with_it(self):
        folder = path_of("assumed")
        os.makedirs(folder)
        for name in ("honey-mark.scxml", "forms.xml"):
            source = os.path.join(HONEY, "workflows/honey-mark", name)
            with open(source, "rb") as old, open(os.path.join(folder, name), "wb") as new:
                new.write(old.read())
        write_assumptions("assumed/simulation.xml", '<role id="comittee" people="1"/>')
        checked = guildmark("check", folder)
        self.assertEqual(checked.returncode, 2)
        self.assertIn('simulation.xml:2:1: role_unknown: there is no role "comittee"', checked.stderr)

    def test_the_same_seed_gives_the_same_bytes(self):
        told, books = [], []
        for name in ("one", "two"):
            book = path_of(f"simulated-{name}.xlsx")
            result = simulate("iso-9001", "--cases", "200", "--seed", "3", "--out", book, "--json")
            self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
            told.append({**json.loads(result.stdout), "report": ""})
            with open(book, "rb") as file:
                books.append(file.read())
        self.assertEqual(told[0], told[1])
        self.assertEqual(books[0], books[1])
        other = json.loads(simulate("iso-9001", "--cases", "200", "--seed", "4", "--json").stdout)
        self.assertNotEqual(told[0]["certified"], other["certified"])

    def test_what_is_told_adds_up(self):
        told = json.loads(simulate("iso-9001", "--cases", "300", "--json").stdout)
        self.assertEqual(sum(ending["time"]["count"] for ending in told["endings"]), 300)
        certified = told["certified"]
        self.assertGreater(certified["count"], 200)
        self.assertEqual([ending["kind"] for ending in told["endings"]][0], "certified")
        self.assertNotIn("stuck", [ending["kind"] for ending in told["endings"]])
        self.assertLess(certified["least"], certified["p50"])
        self.assertLess(certified["p50"], certified["p95"])
        for role in told["roles"]:
            by_month = sum(month["work_hours"] for month in role["months"])
            self.assertAlmostEqual(role["work_hours"], by_month, delta=1)
            by_task = sum(
                task["work_hours"] for task in told["tasks"] if task["role"] == role["role"]
            )
            self.assertAlmostEqual(role["work_hours"], by_task, delta=1)
        self.assertEqual(sum(month["opened"] for month in told["months"]), 300)
        self.assertEqual(sum(month["certified"] for month in told["months"]), certified["count"])

    def test_a_workflow_without_assumptions_is_simulated_by_defaults_that_are_told(self):
        book = path_of("honey.xlsx")
        words = ("--library", HONEY, "--cases", "20", "--out", book)
        told = json.loads(simulate("honey-mark", *words, "--json").stdout)
        self.assertIn({"what": "work", "subject": "apply", "value": "PT2H"}, told["assumed"])
        self.assertEqual(told["certified"]["count"], 20)
        sheets = openpyxl.load_workbook(book)
        self.assertEqual(
            sheets.sheetnames,
            ["Cover", "Summary", "Tasks", "Stages", "Roles", "Months", "Assumed"],
        )
        assumed = [row[0].value for row in sheets["Assumed"].iter_rows(min_row=2)]
        self.assertEqual(len(assumed), len(told["assumed"]))

    def test_the_workbook_speaks_chinese(self):
        book = path_of("chinese.xlsx")
        result = simulate("iso-9001", "--cases", "20", "--language", "zh", "--out", book)
        self.assertEqual(result.returncode, 0, result.stderr)
        sheets = openpyxl.load_workbook(book)
        self.assertIn("角色", sheets.sheetnames)
        self.assertEqual(sheets.worksheets[0]["A1"].value, "需要多长时间")
