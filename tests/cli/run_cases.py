"""`guildmark run`: timers that are fired at will, and what scenarios have reached of a chart."""

import json
import os
import shutil
import unittest
import xml.etree.ElementTree

from draw_cases import SVG, texts_of
from program import BRENNER, guildmark, path_of, ROOT

HONEY = os.path.join(ROOT, "samples/honey-mark")
MARK = os.path.join(HONEY, "workflows/honey-mark")
CHART = os.path.join(MARK, "honey-mark.scxml")
# A case that waits for its visit, then for its mending.
BEGINNING = """at 2026-03-02T08:00:00Z
organisation vogel client "Imkerei Vogel" country=DE
organisation verein body "Imkerverein" country=DE
person vera vogel "Vera Vogel" roles=beekeeper
person ines verein "Ines Roth" roles=inspector
case honey by vera as beekeeper
    workflow: honey-mark
    standard: honey-code:2026
    title: Honey mark
    client: vogel
    body: verein
"""
VISIT = f"""vera answers all in-place
vera pulls {HONEY}/documents by {HONEY}/documents/evidence.xml
vera completes apply send
    place: Lindental
    hives: 12
"""
MENDING = """ines assesses all conforming
ines raises major 2.2
    statement: A batch was filled without being measured.
    objective-evidence: Batch 25-04
ines completes visit toMend
    day: 2026-03-02
"""


def write_scenario(name, text):
    path = path_of(name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def run(*words):
    return guildmark("run", *words, "--library", HONEY)


def line_of(text):
    with open(CHART, encoding="utf-8") as file:
        return next(number for number, line in enumerate(file, 1) if text in line)


def dotted_texts_of(picture):
    groups = (group for group in picture.iter(SVG + "g") if "missed" in group.get("class", ""))
    return [texts_of(group)[0] for group in groups]


class RunTimers(unittest.TestCase):
    def test_a_timer_that_does_not_wait_is_refused_with_those_that_do(self):
        for text, told in (
            ("fire mending.late\n", "name_unknown: no case was opened yet"),
            (BEGINNING + "fire mending.late\n", "no timer waits"),
            (BEGINNING + VISIT + "fire mending.late\n", "visit/1 (due 2026-04-01T08:00:00.000Z)"),
        ):
            result = run(write_scenario("no-timer.scenario", text))
            self.assertEqual(result.returncode, 1, result.stdout)
            self.assertIn(told, result.stderr)
            self.assertIn(f".scenario:{len(text.splitlines())}:1: ", result.stderr)

    def test_the_refusal_can_be_what_a_scenario_shows(self):
        text = BEGINNING + "refused timer_unknown: fire mending.late\n"
        self.assertEqual(run(write_scenario("refused.scenario", text)).returncode, 0)

    def test_a_name_of_several_timers_is_refused(self):
        folder = path_of("twins/workflows/twins")
        os.makedirs(folder)
        with open(os.path.join(folder, "twins.scxml"), "w", encoding="utf-8") as file:
            file.write(
                '<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" name="twins"'
                ' datamodel="ecmascript" xmlns:gm="urn:guildmark:workflow:1"><gm:workflow id="twins">'
                "<gm:title>Twins</gm:title></gm:workflow>"
                '<gm:role id="one" party="client"><gm:title>One</gm:title></gm:role>'
                '<gm:milestone id="m" states="s"><gm:title>M</gm:title></gm:milestone>'
                '<state id="s"><gm:task id="end" role="one"><gm:title>End</gm:title>'
                '<gm:outcome id="end"><gm:title>End</gm:title></gm:outcome></gm:task>'
                '<onentry><send id="near" event="late" delay="3600s"/>'
                '<send id="far" event="late" delay="7200s"/></onentry>'
                '<transition event="task.end.end" target="f"/>'
                '<transition event="late" target="f"/></state><final id="f"/></scxml>'
            )
        begin = (
            'at 2026-03-02T08:00:00Z\norganisation o client "O"\nperson p o "P" roles=one\n'
            "case c by p as one\n    workflow: twins\n    title: T\n    client: o\n"
        )
        library = ("--library", path_of("twins"))
        file = write_scenario("ambiguous.scenario", begin + "fire late\n")
        result = guildmark("run", file, *library)
        self.assertEqual(result.returncode, 1, result.stdout + result.stderr)
        self.assertIn("timer_ambiguous: 2 timers", result.stderr)
        self.assertIn(
            "late or near (due 2026-03-02T09:00:00.000Z), late or far (due 2026-03-02T10:00:00.000Z)",
            result.stderr,
        )
        file = write_scenario("far.scenario", begin + "fire far\nexpect state f\nexpect finished yes\n")
        self.assertEqual(guildmark("run", file, *library).returncode, 0)

    def test_a_timer_is_fired_now_and_the_clock_stands(self):
        text = BEGINNING + VISIT + MENDING
        file = write_scenario(
            "fired.scenario",
            text
            + "expect state mending\nexpect due mend 2026-05-01\nfire mend/1\nexpect state decision\n"
            + "expect due decide 2026-03-23\nrefused timer_unknown: fire mending.late\n",
        )
        result = run(file)
        self.assertEqual(result.returncode, 0, result.stderr)
        file = write_scenario("named.scenario", text + "fire mending.late\nexpect state decision\n")
        self.assertEqual(run(file).returncode, 0)


class RunCoverage(unittest.TestCase):
    def test_it_is_refused_for_no_workflow_and_for_several(self):
        nothing = write_scenario("nothing.scenario", 'scenario "Nothing"\n')
        picture = path_of("refused.svg")
        demo = os.path.join(ROOT, "samples/demo/demo.scenario")
        other = write_scenario("other.scenario", BEGINNING)
        for files in ([nothing], [BRENNER, other], [demo, other]):
            result = guildmark("run", *files, "--coverage", picture)
            self.assertEqual((result.returncode, result.stdout), (2, ""), files)
            self.assertIn("workflow_ambiguous", result.stderr)
        self.assertFalse(os.path.exists(picture))

    def test_what_is_for_one_scenario_is_refused_for_two(self):
        one = write_scenario("one.scenario", BEGINNING)
        for option in ("--report", "--data"):
            result = run(one, one, option, path_of("for-one"))
            self.assertEqual(result.returncode, 2)
            self.assertIn(f"argument_conflict: {option} ", result.stderr)

    def test_a_picture_that_cannot_be_written_fails(self):
        one = write_scenario("unwritten.scenario", BEGINNING)
        result = run(one, "--coverage", path_of("no/such/folder.svg"))
        self.assertEqual(result.returncode, 1)
        self.assertIn("drawing_failed", result.stderr)

    def test_what_was_missed_is_told_with_its_place_and_dotted(self):
        picture = path_of("part.svg")
        file = write_scenario("part.scenario", BEGINNING + VISIT)
        told = run(file, "--coverage", picture).stdout
        self.assertIn("coverage of honey-mark: states 2/7, transitions 1/8\n", told)
        line = line_of('<final id="refused">')
        place = f"honey-mark.scxml:{line}:3"
        self.assertIn(f"{place}: state refused was not entered\n", told)
        line = line_of('event="task.visit.toMend"')
        place = f"honey-mark.scxml:{line}:5"
        transition = 'transition on "task.visit.toMend" from visit to mending'
        self.assertIn(f"{place}: {transition} was not taken\n", told)
        drawn = xml.etree.ElementTree.parse(picture).getroot()
        dotted = dotted_texts_of(drawn)
        self.assertIn("Refused (not entered)", dotted)
        self.assertIn("Something is to be mended (not taken)", dotted)
        self.assertEqual(len(dotted), 5 + 7)
        self.assertIn("States entered: 2/7. Transitions taken: 1/8", texts_of(drawn))

    def test_what_is_invoked_is_told_not_to_be_counted(self):
        library = path_of("forwarded")
        chart = os.path.join(ROOT, "tests/data/workflows/forwarded")
        shutil.copytree(os.path.join(HONEY, "standards"), os.path.join(library, "standards"))
        shutil.copytree(chart, os.path.join(library, "workflows/forwarded"))
        words = ("run", os.path.join(chart, "signal.scenario"), "--library", library)
        picture = path_of("forwarded.svg")
        told = guildmark(*words, "--coverage", picture).stdout
        self.assertIn("coverage of forwarded: states 1/2, transitions 0/1\n", told)
        self.assertIn("\nnot counted: the states and transitions of what the chart invokes (1)\n", told)
        told = json.loads(guildmark(*words, "--coverage", picture, "--json").stdout)
        self.assertEqual(told["coverage"]["invocations"], 1)

    def test_scenarios_of_one_workflow_add_up(self):
        first = write_scenario("first.scenario", BEGINNING + VISIT)
        second = write_scenario("second.scenario", BEGINNING + VISIT + MENDING + "fire mend/1\n")
        picture = path_of("sum.svg")
        one = json.loads(run(first, "--coverage", picture, "--json").stdout)
        self.assertEqual(one["coverage"]["states"]["reached"], 2)
        both = json.loads(run(first, second, "--coverage", picture, "--json").stdout)
        self.assertEqual([each["scenario"] for each in both["scenarios"]], [first, second])
        coverage = both["coverage"]
        self.assertEqual((coverage["workflow"], coverage["drawing"]), ("honey-mark", picture))
        self.assertEqual((coverage["states"]["reached"], coverage["states"]["all"]), (4, 7))
        self.assertEqual(
            [missed["state"] for missed in coverage["states"]["missed"]],
            ["marked", "refused", "expired"],
        )
        missed = coverage["transitions"]["missed"]
        self.assertEqual((coverage["transitions"]["reached"], coverage["transitions"]["all"]), (3, 8))
        self.assertEqual(len(missed), 5)
        self.assertEqual(
            missed[0],
            {
                "file": "honey-mark.scxml",
                "line": line_of('event="task.visit.inOrder"'),
                "column": 5,
                "state": "visit",
                "events": ["task.visit.inOrder"],
                "targets": ["decision"],
            },
        )

    def test_the_scenario_beside_a_workflow_reaches_all_of_it(self):
        picture = path_of("all.svg")
        result = run(os.path.join(MARK, "honey-mark.scenario"), "--coverage", picture)
        self.assertIn("states 7/7, transitions 8/8\n", result.stdout)
        self.assertEqual(dotted_texts_of(xml.etree.ElementTree.parse(picture).getroot()), [])
