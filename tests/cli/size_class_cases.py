"""`guildmark size-class`, against the definition written once more."""

import json
import random
import unittest

from program import guildmark

LIMITS = (("micro", 10, 2_000_000, 2_000_000), ("small", 50, 10_000_000, 10_000_000), ("medium", 250, 50_000_000, 43_000_000))


def size_of(headcount, turnover, balance_sheet):
    for name, below, turnover_max, balance_sheet_max in LIMITS:
        if headcount < below and (turnover <= turnover_max or balance_sheet <= balance_sheet_max):
            return name
    return "large"


class SizeClass(unittest.TestCase):
    def test_what_is_wrong_or_missing_is_refused(self):
        for words, code in (
            (["--headcount", "many"], "fraction_malformed"),
            (["--headcount", "-1"], "headcount_invalid"),
            (["--headcount", "9"], "size_undetermined"),
            (["--headcount", "9", "--turnover", "2 million"], "currency_unknown"),
            (["--headcount", "9", "--turnover", "2000000 CHF"], "currency_mismatch"),
            (["--headcount", "9", "--turnover", "-1 EUR"], "amount_negative"),
            (["--headcount", "9", "--rule", "eu-2003-316"], "rule_unknown"),
        ):
            result = guildmark("size-class", *words, "--json")
            self.assertEqual((result.returncode, json.loads(result.stdout)["error"]), (2, code), words)

    def test_it_agrees_with_the_definition_at_and_around_each_limit(self):
        numbers = random.Random(20030506)
        for _ in range(150):
            headcount = numbers.choice([9, 10, 49, 50, 249, 250]) + numbers.choice([-1, 0, 1])
            turnover, balance_sheet = (
                numbers.choice([2_000_000, 10_000_000, 43_000_000, 50_000_000]) + numbers.choice([-1, 0, 1])
                for _ in range(2)
            )
            result = guildmark(
                "size-class", "--headcount", str(headcount), "--turnover", f"{turnover} EUR",
                "--balance-sheet", f"{balance_sheet} EUR", "--json",
            )  # fmt: skip
            self.assertEqual(json.loads(result.stdout)["class"], size_of(headcount, turnover, balance_sheet))

    def test_what_is_taken_for_given_is_told_in_the_language_asked_for(self):
        result = guildmark("size-class", "--headcount", "250", "--language", "zh")
        self.assertEqual(result.returncode, 0)
        self.assertIn("大型 (large)", result.stdout)
        self.assertIn("关联企业", result.stdout)
