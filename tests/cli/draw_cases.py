"""`guildmark draw`: a chart as a picture."""

import os
import unittest
import xml.etree.ElementTree

from program import guildmark, path_of, PLACE, ROOT
from store_cases import last_record

ISO_9001 = os.path.join(ROOT, "workflows/iso-9001")
BROKEN = os.path.join(ROOT, "tests/data/workflows/broken/transition_target_unknown/small.scxml")
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = """<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" name="a&quot;>&lt;b>">
<state id="one"><transition event="go" cond="'&lt;/text&gt;&lt;script&gt;\\N' + '&amp;lt;' == 1" target="two"/></state>
<parallel id="two"><state id="left"><history id="kept"><transition target="deep"/></history>
<state id="deep"/></state><state id="right"><transition event="back" target="one"/></state></parallel>
</scxml>"""


def chart(name, text):
    path = path_of(name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def picture_of(*words):
    result = guildmark("draw", *words)
    assert result.returncode == 0, result.stderr
    return xml.etree.ElementTree.fromstring(result.stdout)


def texts_of(picture):
    return ["".join(text.itertext()).strip() for text in picture.iter(SVG + "text")]


def active_texts_of(picture):
    boxes = (group for group in picture.iter(SVG + "g") if "box active" in group.get("class", ""))
    return [texts_of(box)[0] for box in boxes]


class Draw(unittest.TestCase):
    def test_what_cannot_be_drawn_is_refused(self):
        many = "".join(f'<state id="s{number}"/>' for number in range(401))
        root = '<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0">'
        for words, code in (
            ([], "argument_missing"),
            ([path_of("none.scxml")], "file_unreadable"),
            ([chart("many.scxml", root + many + "</scxml>")], "chart_too_large"),
            (["--case", "x", "--data", path_of("demo")], "id_malformed"),
            (["--case", "0000000000001", "--data", path_of("demo")], "case_not_found"),
        ):
            result = guildmark("draw", *words)
            self.assertEqual((result.returncode, result.stdout), (2, ""), words)
            self.assertIn(f"guildmark: {code}: ", result.stderr)

    def test_faults_of_a_document_are_told_with_their_places(self):
        for path in (BROKEN, chart("broken.scxml", "<scxml")):
            result = guildmark("draw", path)
            self.assertEqual((result.returncode, result.stdout), (2, ""))
            self.assertRegex(result.stderr.splitlines()[0], PLACE)

    def test_a_picture_that_cannot_be_written_leaves_nothing(self):
        result = guildmark("draw", ISO_9001, "--out", path_of("no/such/folder.svg"))
        self.assertEqual(result.returncode, 1)
        self.assertIn("drawing_failed", result.stderr)

    def test_a_workflow_is_drawn_with_the_titles_that_people_know(self):
        english = texts_of(picture_of(ISO_9001))
        for text in ("Application", "• Apply for certification (Quality manager of the firm)"):
            self.assertIn(text, english)
        chinese = texts_of(picture_of(ISO_9001, "--language", "zh"))
        self.assertIn("申请", chinese)
        self.assertNotIn("Application", chinese)

    def test_the_outer_line_of_a_final_state_covers_nothing_in_the_dark(self):
        picture = picture_of(ISO_9001)
        outlines = [path for path in picture.iter(SVG + "path") if path.get("fill") == "none"]
        self.assertTrue(outlines)
        rules = picture.find(SVG + "style").text.splitlines()
        fills = [rule for rule in rules if ".box" in rule and "path" in rule and "fill:" in rule]
        self.assertTrue(fills)
        for rule in fills:
            self.assertIn('path:not([fill="none"])', rule)

    def test_the_same_chart_gives_the_same_bytes(self):
        pictures = []
        for name in ("one.svg", "two.svg"):
            self.assertEqual(guildmark("draw", ISO_9001, "--out", path_of(name)).returncode, 0)
            with open(path_of(name), "rb") as file:
                pictures.append(file.read())
        self.assertEqual(pictures[0], pictures[1])

    def test_the_states_of_a_case_are_marked(self):
        case = last_record(path_of("demo"))[0]
        picture = picture_of("--case", case, "--data", path_of("demo"))
        self.assertTrue(active_texts_of(picture))
        self.assertEqual(active_texts_of(picture_of(ISO_9001)), [])

    def test_texts_of_a_document_stay_texts(self):
        picture = picture_of(chart("hostile.scxml", HOSTILE))
        self.assertEqual(list(picture.iter(SVG + "script")), [])
        self.assertIn("go ['</text><script>\\N' + '&lt;' == 1]", texts_of(picture))
        self.assertEqual(picture.get("aria-label"), 'a"><b>')
        self.assertIn("H", texts_of(picture))
