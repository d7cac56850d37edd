"""How far one standard is met by having another."""

import json
import unittest

from program import BRENNER, guildmark, path_of

QUALITY = "iso-9001:2015"
ENVIRONMENT = "iso-14001:2015"


class Gap(unittest.TestCase):
    def fails(self, code, *words):
        result = guildmark("gap", *words)
        self.assertNotEqual(result.returncode, 0)
        self.assertIn(code, result.stderr)

    def test_it_is_refused_without_two_standards_that_somebody_compared(self):
        self.fails("argument_missing", "--to", ENVIRONMENT)
        self.fails("standard_not_found", "--from", "iso-9001", "--to", ENVIRONMENT)
        self.fails("standard_not_found", "--from", QUALITY, "--to", "iso-9002:1987")
        self.fails("crosswalk_not_found", "--from", QUALITY, "--to", QUALITY)
        self.fails("id_malformed", "--case", "one", "--to", ENVIRONMENT)

    def test_every_requirement_of_the_second_is_served_or_new(self):
        told = json.loads(guildmark("gap", "--from", QUALITY, "--to", ENVIRONMENT, "--json").stdout)
        items = {item["requirement"]: item for item in told["requirements"]}
        self.assertEqual(told["full"] + told["part"] + told["new"], len(items))
        self.assertEqual(items["7.2"]["served"], "full")
        self.assertEqual(items["9.3"]["by"], ["9.3.1", "9.3.2", "9.3.3"])
        self.assertEqual(len(items["9.3"]["notes"]), 1)
        # The same number is another subject in each.
        self.assertIsNone(items["8.2"]["served"])
        self.assertIsNone(items["9.1.2"]["served"])
        back = json.loads(guildmark("gap", "--from", ENVIRONMENT, "--to", QUALITY, "--json").stdout)
        self.assertEqual(back["requirements"][0]["by"], ["4.1"])
        self.assertEqual(len(back["requirements"]), 65)

    def test_a_case_is_told_how_many_of_its_documents_serve_the_second(self):
        data = path_of("gap")
        self.assertEqual(guildmark("run", BRENNER, "--data", data).returncode, 0)
        found = guildmark("search", "--data", data, "--json").stdout.splitlines()
        case = json.loads(found[0])["case"]
        told = json.loads(
            guildmark("gap", "--data", data, "--case", case, "--to", ENVIRONMENT, "--json").stdout
        )
        items = {item["requirement"]: item for item in told["requirements"]}
        self.assertEqual(told["from"], QUALITY)
        self.assertGreater(items["7.2"]["documents"], 0)
        self.assertEqual(items["6.1.2"]["documents"], 0)
        text = guildmark("gap", "--data", data, "--case", case, "--to", ENVIRONMENT, "--language", "zh")
        self.assertIn("documents)", text.stdout)
        self.assertIn("生命周期", text.stdout)
