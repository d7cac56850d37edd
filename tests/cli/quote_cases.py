"""`guildmark quote`: offers as JSON, as workbooks and on paper."""

import json
import os
import subprocess
import unittest
from decimal import Decimal

import openpyxl

from program import guildmark, path_of

FIRM = ["--standard", "iso-9001", "--personnel", "24", "--on", "2026-06-01"]


def amount(text):
    return Decimal(text.removesuffix(" EUR"))


class Quote(unittest.TestCase):
    def test_what_is_wrong_is_refused_and_nothing_is_written(self):
        out = path_of("refused-offer.pdf")
        for words, code in (
            (["--prices", "exemple-prices"], "rule_unknown"),
            (["--on", "soon"], "date_malformed"),
            (["--on", "2031-01-01"], "price_list_expired"),
            (["--sites", "0"], "value_malformed"),
            (["--distance", "-3"], "distance_invalid"),
            (["--standard", "iso-9002"], "table_unknown"),
            (["--workflow", "iso-9002"], "workflow_unknown"),
            (["--language", "tlh"], "language_unknown"),
        ):
            asked = [*FIRM, *words] if words[0] not in FIRM else replaced(FIRM, *words)
            result = guildmark("quote", *asked, "--out", out, "--json")
            self.assertIn(result.returncode, (1, 2), words)
            self.assertEqual(json.loads(result.stdout)["error"], code, words)
            self.assertFalse(os.path.exists(out))

    def test_lines_add_up_to_audits_and_audits_to_the_cycle(self):
        asked = [*FIRM, "--sites", "3", "--distance", "33.3", "--adjust", "-10"]
        told = json.loads(guildmark("quote", *asked, "--json").stdout)
        for audit in told["audits"]:
            lines = sum(amount(line["amount"]) for line in audit["lines"])
            self.assertEqual(lines, amount(audit["total"]))
        first, *rest = told["audits"]
        self.assertEqual(told["certificate_total"], first["total"])
        self.assertEqual([one["audit"] for one in rest], ["surveillance", "surveillance", "recertification"])
        cycle = sum(amount(one["total"]) for one in told["audits"][:3])
        self.assertEqual(amount(told["cycle_total"]), cycle)
        time = json.loads(
            guildmark("audit-time", *FIRM[:4], "--adjust", "-10", "--json").stdout
        )
        self.assertEqual(first["days"], time["initial_days"])
        self.assertEqual(rest[0]["days"], time["surveillance_days_per_year"])

    def test_dates_follow_from_what_the_workflow_takes_for_given(self):
        told = json.loads(guildmark("quote", *FIRM, "--workflow", "iso-9001", "--json").stdout)
        self.assertLess("2026-06-01", told["certificate_likely_by"])
        self.assertLess(told["certificate_likely_by"], told["certificate_late_by"])

    def test_an_offer_is_a_workbook_or_a_paper_with_room_to_sign(self):
        book, paper = path_of("offer.xlsx"), path_of("offer.pdf")
        for out in (book, paper, path_of("again.xlsx"), path_of("again.pdf")):
            result = guildmark("quote", *FIRM, "--client", "Brenner Feinwerk GmbH", "--out", out)
            self.assertEqual(result.returncode, 0, result.stderr)
        for out, again in ((book, "again.xlsx"), (paper, "again.pdf")):
            with open(out, "rb") as first, open(path_of(again), "rb") as second:
                self.assertEqual(first.read(), second.read())
        sheets = openpyxl.load_workbook(book)
        self.assertEqual(
            sheets.sheetnames,
            ["Cover", "Summary", "Items", "How the days were found", "Terms", "Signatures"],
        )
        titles, *rows = sheets["Items"].iter_rows(values_only=True)
        self.assertIn((*rows[0][:3], 3, "1200.00 EUR", "3600.00 EUR"), rows)
        shown = subprocess.run(
            ["pdftotext", "-layout", paper, "-"], check=True, capture_output=True, text=True
        ).stdout
        for word in ("Offer", "Brenner Feinwerk GmbH", "Value added tax", "Signature"):
            self.assertIn(word, shown)


def replaced(words, option, value):
    at = words.index(option)
    return [*words[:at], option, value, *words[at + 2 :]]
