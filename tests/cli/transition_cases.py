"""To which editions may be certified on a day."""

import json
import os
import unittest

from program import guildmark, path_of, ROOT

SMALLEST = os.path.join(ROOT, "tests/data/standards/sound/smallest.xml")
ENDING = """<transition to="2" published-on="2027-03-01" last-initial-to-old="2028-03-01"
    end-on="2030-03-01" certificate-expiry-rule="not-after-end-on">
  <basis of="end-on" source="Circular 4" doubt="It may be extended."/>
</transition></standard>"""


def library():
    folder = path_of("transition-library")
    if not os.path.exists(folder):
        standards = os.path.join(folder, "standards", "bakery-group")
        os.makedirs(standards)
        with open(SMALLEST, encoding="utf-8") as file:
            text = file.read()
        with open(os.path.join(standards, "1.xml"), "w", encoding="utf-8") as file:
            file.write(text.replace("</standard>", ENDING))
        with open(os.path.join(standards, "2.xml"), "w", encoding="utf-8") as file:
            file.write(text.replace('edition="1"', 'edition="2"').replace("2026-01-15", "2027-03-01"))
    return folder


def told(day, standard="bakery-group"):
    result = guildmark("transition", "--standard", standard, "--on", day, "--library", library(), "--json")
    value = json.loads(result.stdout)
    return {edition["edition"]: edition for edition in value["editions"]}


class Transition(unittest.TestCase):
    def test_it_is_refused_without_a_day_and_a_known_standard(self):
        for words, code in (
            (("--standard", "bakery-group", "--on", "soon"), "date_malformed"),
            (("--standard", "bakery-group", "--on", "2027-02-30"), "date_invalid"),
            (("--standard", "bakery", "--on", "2027-02-28"), "standard_not_found"),
            (("--standard", "bakery-group:3", "--on", "2027-02-28"), "standard_not_found"),
        ):
            result = guildmark("transition", *words, "--library", library())
            self.assertNotEqual(result.returncode, 0, words)
            self.assertIn(code, result.stderr)
        missing = guildmark("transition", "--standard", "a", "--on", "2027-02-28", "--library", path_of("none"))
        self.assertIn("library_not_found", missing.stderr)

    def test_the_next_edition_permits_nothing_before_it_is_published(self):
        before = told("2027-02-28")
        self.assertFalse(before["2"]["initialAudits"]["allowed"])
        self.assertTrue(before["1"]["initialAudits"]["allowed"])
        self.assertTrue(told("2027-03-01")["2"]["initialAudits"]["allowed"])

    def test_each_thing_ends_on_its_own_day(self):
        after = told("2028-03-02", "bakery-group:1")
        self.assertEqual(list(after), ["1"])
        self.assertEqual(after["1"]["initialAudits"], {"allowed": False, "lastDay": "2028-03-01"})
        self.assertEqual(after["1"]["audits"], {"allowed": True, "lastDay": "2030-03-01"})
        self.assertEqual(after["1"]["transition"]["basis"][0]["doubt"], "It may be extended.")
        self.assertFalse(told("2030-03-02")["1"]["certificates"]["allowed"])

    def test_a_day_that_nobody_has_named_is_said_to_be_unknown(self):
        text = guildmark("transition", "--standard", "iso-9001", "--on", "2026-12-01").stdout
        self.assertIn("initial audits  yes  no last day is known", text)
        self.assertIn("when published is not known", text)
        self.assertIn("doubt: ", text)
