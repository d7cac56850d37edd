"""`guildmark check`, on what is sound and what is not."""

import os
import shutil
import tempfile
import unittest

from program import BRENNER, guildmark, path_of, paths, PLACE, ROOT

WORKFLOWS = os.path.join(ROOT, "tests/data/workflows")
STANDARDS = os.path.join(ROOT, "tests/data/standards")
CHART = """<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" initial="a">
  <state id="a">
    <transition event="go" target="b"/>
    <transition event="go" target="end"/>
    <transition event="stop" target="nowhere"/>
  </state>
  <state id="b"><transition event="go" target="b"/></state>
  <state id="c"><transition event="go" target="end"/></state>
  <final id="end"/>
</scxml>
"""
CHART_TOLD = [
    "4:5: warning: transition_shadowed: it is never taken: the transition in line 3 always is, in its place",
    '5:5: transition_target_unknown: transition on "stop" targets "nowhere", '
    "which is not a state of this document",
    '7:3: warning: final_unreachable: from the state "b" no case can come to an end; '
    "add a transition towards a <final> of the chart",
    '8:3: warning: state_unreachable: no transition leads to the state "c"',
]
# A scenario with one wrong name of each kind, and what is told of it.
NAMES = """organisation brenner client "Brenner"
organisation norwell body "Norwell"
person anna brenner "Anna" roles=applicant,aplicant
person clara norwel "Clara" roles=application-reviewer
case first by ana as applicants
    workflow: iso-9001
    standard: iso-9001:2015
    title: First
    cliennt: brenner
    body: nobody
anna completes aply submit
anna completes apply sumbit
    scop: Turning
refused outcome_unknown: anna completes apply forget
refused gate_not_met: anna completes apply forget
anna answers 7.1.99 in-place
anna frobnicates all
expect state aplication
expect milestone aply
expect task reviw open
expect weather fine
fire aply/1
fire reviewOverdue
"""
NAMES_TOLD = [
    '3:44: role_unknown: there is no role "aplicant"; did you mean "applicant"?',
    '4:14: name_unknown: there is no organisation "norwel"; did you mean "norwell"?',
    '5:15: name_unknown: there is no person "ana"; did you mean "anna"?',
    '5:22: role_unknown: there is no role "applicants"; did you mean "applicant"?',
    '9:5: party_unknown: there is no party "cliennt"; did you mean "client"?',
    '10:5: name_unknown: there is no organisation "nobody"',
    '11:16: task_unknown: there is no task "aply"; did you mean "apply"?',
    '12:22: outcome_unknown: there is no outcome of the task apply "sumbit"; '
    'did you mean "submit"?',
    '13:5: field_unknown: there is no field of the task apply "scop"; did you mean "scope"?',
    '15:44: outcome_unknown: there is no outcome of the task apply "forget"',
    '16:14: requirement_unknown: there is no requirement of iso-9001:2015 "7.1.99"; '
    'did you mean "7.1.1"?',
    '17:6: statement_unknown: there is no statement "anna frobnicates"',
    '18:14: state_unknown: there is no state "aplication"; did you mean "application"?',
    '19:18: milestone_unknown: there is no milestone "aply"; did you mean "apply"?',
    '20:13: task_unknown: there is no task "reviw"; did you mean "review"?',
    '21:8: statement_unknown: there is no expectation "weather"',
    '22:6: task_unknown: there is no task "aply"; did you mean "apply"?',
]


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

    def test_a_chart_that_is_no_workflow_is_checked_as_a_chart(self):
        file = path_of("chart.scxml")
        with open(file, "w", encoding="utf-8") as out:
            out.write(CHART)
        result = guildmark("check", file)
        self.assertEqual(result.returncode, 2)
        self.assertEqual([line.removeprefix(f"{file}:") for line in result.stderr.splitlines()], CHART_TOLD)
        with open(file, "w", encoding="utf-8") as out:
            out.write(CHART.replace("nowhere", "c").replace('go" target="b"/></state>', 'go" target="c"/></state>'))
        warned = guildmark("check", file)
        self.assertEqual(warned.returncode, 0)
        self.assertEqual(len(warned.stderr.splitlines()), 1)

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
            os.path.join(ROOT, "workflows/iso-14001"),
            os.path.join(ROOT, "standards/iso-9001/2015.xml"),
            os.path.join(ROOT, "samples/honey-mark/workflows/honey-mark"),
            os.path.join(ROOT, "samples/brenner/evidence.xml"),
            BRENNER,
        ]
        result = guildmark("check", *sound)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertEqual(result.stdout, "8 checked, nothing to mend\n")

    def test_workflows_are_found_in_folders_of_folders_with_their_scenarios(self):
        result = guildmark("check", os.path.join(ROOT, "samples/honey-mark"))
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertEqual(result.stdout, "2 checked, nothing to mend\n")
        nothing = guildmark("check", os.path.join(ROOT, "samples/honey-mark/documents"))
        self.assertEqual(nothing.returncode, 2)
        self.assertIn("chart_missing", nothing.stderr)

    def test_each_scenario_of_the_project_passes(self):
        paths_of = [
            os.path.join(folder, name)
            for top in ("workflows", "samples")
            for folder, _, names in os.walk(os.path.join(ROOT, top))
            for name in names
            if name.endswith(".scenario")
        ]
        self.assertGreaterEqual(len(paths_of), 4)
        result = guildmark("check", *paths_of)
        self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_what_a_scenario_names_must_be_there(self):
        file = path_of("names.scenario")
        with open(file, "w", encoding="utf-8") as out:
            out.write(NAMES)
        result = guildmark("check", file)
        self.assertEqual(result.returncode, 2)
        told = [line.removeprefix(f"{file}:") for line in result.stderr.splitlines()]
        self.assertEqual(told, NAMES_TOLD)

    def test_a_scenario_of_a_workflow_that_is_not_there_says_so(self):
        file = path_of("elsewhere.scenario")
        with open(file, "w", encoding="utf-8") as out:
            out.write(NAMES.replace("workflow: iso-9001", "workflow: iso-9002"))
        result = guildmark("check", file)
        self.assertIn(
            f'{file}:6:5: workflow_unknown: there is no workflow "iso-9002"; '
            'did you mean "iso-9001"?',
            result.stderr,
        )

    def test_a_file_that_is_not_there_is_named(self):
        result = guildmark("check", path_of("nowhere.xml"))
        self.assertEqual(result.returncode, 2)
        self.assertIn(path_of("nowhere.xml"), result.stderr)
