"""`guildmark audit-time` and `guildmark sample-size`, against a model of fractions that reads the same rules by itself."""

import fractions
import json
import math
import os
import random
import unittest
import xml.etree.ElementTree

from program import guildmark, path_of, ROOT

RULES = os.path.join(ROOT, "standards/rules")
DATA = os.path.join(ROOT, "tests/data/rules")
NAMESPACE = {"g": "urn:guildmark:rule:1"}


def told(*words):
    result = guildmark(*words, "--json")
    assert result.returncode == 0, result.stdout + result.stderr
    return json.loads(result.stdout)


def library_with(name, *rules):
    """A library of its own with these rules."""
    folder = path_of(name)
    os.makedirs(os.path.join(folder, "workflows"), exist_ok=True)
    for number, rule in enumerate(rules):
        os.makedirs(os.path.join(folder, f"standards/rules/{number}"), exist_ok=True)
        with open(os.path.join(folder, f"standards/rules/{number}/1.xml"), "w", encoding="utf-8") as file:
            file.write(rule)
    return folder


def text_of(*parts):
    with open(os.path.join(*parts), encoding="utf-8") as file:
        return file.read()


class TimeModel:
    """The rule as its reference describes it, in fractions."""

    def __init__(self, path):
        root = xml.etree.ElementTree.parse(path).getroot()
        part = lambda name, attribute="part": fractions.Fraction(root.find(f"g:{name}", NAMESPACE).get(attribute))
        self.root = root
        self.step, self.least = part("rounding", "step"), part("rounding", "least")
        self.parts = [part("surveillance"), part("recertification")]
        self.on_site = part("on-site")
        self.limits = {
            one.get("context", ""): fractions.Fraction(one.get("reduction-max"))
            for one in root.findall("g:adjustment", NAMESPACE)
        }

    def tables(self):
        for table in self.root.findall("g:table", NAMESPACE):
            columns = [column.get("id") for column in table.findall("g:column", NAMESPACE)] or [None]
            for band in table.findall("g:band", NAMESPACE):
                for column, days in zip(columns, band.get("days").split()):
                    yield table.get("standards"), column, int(band.get("from")), int(band.get("to")), days

    def rounded(self, days):
        return max((days / self.step + fractions.Fraction(1, 2)).__floor__() * self.step, self.least)

    def times(self, days, percents, context=""):
        applied = max(sum(percents), -self.limits[context])
        exact = fractions.Fraction(days) * (100 + applied) / 100
        return [self.rounded(exact), exact * self.on_site] + [self.rounded(exact * part) for part in self.parts]


FIGURES = ("initial_days", "minimum_on_site_days", "surveillance_days_per_year", "recertification_days")


class AuditTime(unittest.TestCase):
    def test_what_cannot_be_meant_ends_with_2_and_what_the_rule_refuses_with_1(self):
        nine = ["--standard", "iso-9001"]
        for words, code, status in (
            ([*nine, "--personnel", "0"], "value_malformed", 2),
            ([*nine, "--personnel", "1.5"], "value_malformed", 2),
            ([*nine, "--personnel", "5", "--adjust", "a fifth"], "fraction_malformed", 2),
            ([*nine, "--personnel", "5", "--adjust", "1", "--adjust", "2", "--reason", "one"], "argument_missing", 2),
            ([*nine, "--personnel", "5", "--reason", "of nothing"], "argument_missing", 2),
            ([*nine, "--personnel", "5", "--complexity", "high"], "column_unknown", 2),
            ([*nine, "--personnel", "5", "--rule", "iaf-md6"], "rule_unknown", 2),
            ([*nine, "--personnel", "5", "--context", "site"], "context_unknown", 2),
            ([*nine, "--personnel", "5", "--library", path_of("none")], "library_not_found", 2),
            (["--standard", "iso-9002", "--personnel", "5"], "table_unknown", 2),
            (["--standard", "iso-14001", "--personnel", "5"], "column_missing", 2),
            (["--standard", "iso-14001", "--personnel", "5", "--complexity", "hgh"], "column_unknown", 2),
            ([*nine, "--personnel", "5", "--adjust", "-100"], "percent_invalid", 2),
            ([*nine, "--personnel", "5", "--adjust", "-10", "--reason", " "], "reason_missing", 1),
            ([*nine, "--personnel", "10701"], "personnel_beyond_table", 1),
        ):
            result = guildmark("audit-time", *words)
            self.assertEqual((result.returncode, result.stdout), (status, ""), words)
            self.assertIn(f"guildmark: {code}: ", result.stderr)
            as_json = guildmark("audit-time", *words, "--json")
            self.assertEqual((as_json.returncode, json.loads(as_json.stdout)["error"]), (status, code))
        self.assertIn('did you mean "high"?', guildmark("audit-time", "--standard", "iso-14001", "--personnel", "5", "--complexity", "hgh").stderr)

    def test_a_wrong_rule_of_the_library_is_told_with_its_place(self):
        library = library_with("wrong-rules", text_of(DATA, "broken/days_mismatch.xml"))
        result = guildmark("audit-time", "--standard", "bakery-group", "--personnel", "5", "--library", library)
        self.assertEqual(result.returncode, 2)
        self.assertIn("standards/rules/0/1.xml:17:5: days_mismatch: there are 1 numbers of days for 2 columns", result.stderr)

    def test_exact_decimals_are_told_with_what_was_applied(self):
        value = told("audit-time", "--standard", "iso-9001", "--personnel", "120", "--adjust", "-20", "--reason", "one product")
        self.assertEqual([value[name] for name in FIGURES], [5.5, 4.48, 2, 3.5])
        self.assertEqual((value["rule"], value["edition"], value["base_days"]), ("iaf-md5", "2019", 7))
        self.assertEqual((value["band_from"], value["band_to"], value["exact_days"]), (86, 125, "5.6"))
        self.assertEqual(
            value["adjustment"],
            {"requested_percent": -20, "applied_percent": -20, "clamped": False,
             "factors": [{"percent": -20, "reason": "one product"}]},
        )  # fmt: skip
        self.assertIn("Issues of this document after 2019 were not seen.", [one["text"] for one in value["doubts"]])

    def test_more_than_the_limit_is_cut_off_and_said_so(self):
        words = ["audit-time", "--standard", "iso-9001", "--personnel", "50", "--adjust", "-40"]
        value = told(*words)
        self.assertEqual([value[name] for name in FIGURES], [3.5, 2.8, 1, 2.5])
        self.assertEqual(
            value["adjustment"],
            {"requested_percent": -40, "applied_percent": -30, "clamped": True,
             "factors": [{"percent": -40, "reason": None}]},
        )  # fmt: skip
        lines = guildmark(*words).stdout
        self.assertIn("adjustment                -30 %: -40 % was asked for, and the rule allows no more", lines)
        self.assertIn("-40 %: no reason was given on the command line", lines)
        self.assertIn("Not certain of this:", lines)
        halved = told(*words, "--context", "sampled-site")
        self.assertFalse(halved["adjustment"]["clamped"])

    def test_a_rule_of_ones_own_is_used_and_editions_are_told_apart(self):
        rule = text_of(DATA, "sound/time.xml")
        library = library_with("bakery-rules", rule, rule.replace('edition="1"', 'edition="2"'))
        words = ["audit-time", "--standard", "bakery-group", "--personnel", "31", "--complexity", "cake", "--library", library]
        self.assertIn("name one of bakery-time:1, bakery-time:2", guildmark(*words).stderr)
        value = told(*words, "--rule", "bakery-time:2")
        self.assertEqual([value[name] for name in FIGURES], [4, 3.6, 2, 4])
        self.assertEqual((value["band_from"], value["band_to"]), (21, None))

    def test_each_figure_is_that_of_a_model_in_fractions(self):
        model = TimeModel(os.path.join(RULES, "iaf-md5/2019.xml"))
        chance = random.Random(5)
        rows = list(model.tables())
        self.assertEqual(len(rows), 5 * 23)
        for standard, column, first, last, days in rows:
            percents = [fractions.Fraction(chance.randint(-4500, 6000), 100) for _ in range(chance.randint(0, 3))]
            context = chance.choice(("", "sampled-site"))
            words = ["--standard", standard, "--personnel", str(chance.randint(first, last))]
            words += ["--complexity", column] if column else []
            words += ["--context", context] if context else []
            limit = -model.limits[context]
            for percent in percents:
                words += ["--adjust", f"{float(percent):.2f}"]
            value = told("audit-time", *words)
            expected = [float(figure) for figure in model.times(days, percents, context)]
            self.assertEqual([value[name] for name in FIGURES], expected, words)
            self.assertEqual(value["base_days"], float(days))
            self.assertEqual(value["adjustment"]["clamped"], sum(percents) < limit)


def answers_file(name, **changed):
    """Answers of an organization that may be sampled, but for what is changed."""
    listed = told("sample-size", "--rule", "iaf-md1", "--questions")["questions"]
    answers = {question["id"]: question["expected"] for question in listed}
    answers.update({key.replace("_", "-"): value for key, value in changed.items()})
    path = path_of(name)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(answers, file)
    return path


class SampleSize(unittest.TestCase):
    def test_what_cannot_be_meant_ends_with_2_and_what_the_rule_refuses_with_1(self):
        nine = ["--rule", "iaf-md1", "--audit", "initial"]
        malformed = path_of("malformed.json")
        with open(malformed, "w", encoding="utf-8") as file:
            file.write('{"one-system": "yes"}')
        for words, code, status in (
            (["--rule", "iaf-md2", "--sites", "5"], "rule_unknown", 2),
            ([*nine], "argument_missing", 2),
            ([*nine, "--sites", "0"], "value_malformed", 2),
            ([*nine, "--sites", "1000000001"], "value_malformed", 2),
            ([*nine, "--members", "5"], "argument_conflict", 2),
            (["--rule", "iaf-md1", "--sites", "5"], "audit_missing", 2),
            (["--rule", "iaf-md1", "--sites", "5", "--audit", "inital"], "audit_unknown", 2),
            ([*nine, "--sites", "5", "--when", "rainy"], "condition_unknown", 2),
            ([*nine, "--sites", "5", "--eligibility", path_of("none.json")], "file_unreadable", 2),
            ([*nine, "--sites", "5", "--eligibility", malformed], "answers_malformed", 2),
            ([*nine, "--sites", "5", "--eligibility", answers_file("more.json", weather=True)], "answer_unknown", 2),
            (["--rule", "eu-organic", "--members", "50", "--effective"], "condition_unknown", 2),
            (["--rule", "eu-organic", "--members", "2001"], "group_too_large", 1),
            (["--rule", "fr-agrg1132076a", "--sites", "1", "--audit", "initial"], "sample_undefined", 1),
        ):
            result = guildmark("sample-size", *words)
            self.assertEqual((result.returncode, result.stdout), (status, ""), words)
            self.assertIn(f"guildmark: {code}: ", result.stderr)

    def test_an_umbrella_of_independent_firms_is_refused_with_what_to_do_instead(self):
        words = ["sample-size", "--rule", "iaf-md1", "--audit", "initial", "--sites", "40"]
        words += ["--eligibility", answers_file("umbrella.json", umbrella=True)]
        refused = guildmark(*words, "--json")
        self.assertEqual(refused.returncode, 1)
        value = json.loads(refused.stdout)
        self.assertEqual((value["error"], value["subject"]), ("sampling_not_eligible", "umbrella"))
        self.assertEqual([one["id"] for one in value["failed"]], ["umbrella"])
        self.assertEqual([one["id"] for one in value["alternatives"]], ["cluster", "group-scheme"])
        people = guildmark(*words, "--language", "zh")
        self.assertEqual((people.returncode, people.stdout), (1, ""))
        self.assertIn("instead, cluster: 各组织分别取得自己的证书", people.stderr)

    def test_the_sample_is_told_as_whole_numbers_with_its_central_function(self):
        value = told("sample-size", "--rule", "iaf-md1", "--sites", "101", "--audit", "surveillance")
        self.assertEqual((value["sites"], value["random"], value["central_function"]), (7, 2, True))
        self.assertEqual((value["eligibility"], value["edition"], value["count"]), ("not-tested", "2023", 101))
        value = told("sample-size", "--rule", "iaf-md1", "--sites", "27", "--audit", "recertification", "--effective")
        self.assertEqual((value["sites"], value["random"], value["conditions"]), (5, 2, ["effective"]))
        self.assertEqual(value["figures"][0]["by"], "0.8 times the square root, when effective holds")
        value = told("sample-size", "--rule", "eu-organic", "--members", "201")
        self.assertEqual((value["reinspect"], value["laboratory"], value["central_function"]), (11, 5, False))

    def test_what_was_not_tested_is_said_plainly(self):
        words = ["sample-size", "--rule", "iaf-md1", "--sites", "9", "--audit", "initial"]
        self.assertIn("\nEligibility was not tested: 8 questions say", guildmark(*words).stdout)
        answered = ["--eligibility", answers_file("sound.json")]
        self.assertIn("\nEligibility: every question was answered so", guildmark(*words, *answered).stdout)
        self.assertEqual(told(*words, *answered)["eligibility"], "met")
        listed = guildmark("sample-size", "--rule", "iaf-md1", "--questions", "--language", "zh").stdout
        self.assertIn("umbrella\n  这些场所是否实为相互独立的组织", listed)

    def test_each_number_of_sites_agrees_with_a_model_of_whole_numbers(self):
        chance = random.Random(7)
        factors = {"initial": (1, 1), "surveillance": (3, 5), "recertification": (4, 5)}
        for _ in range(120):
            count = round(10 ** chance.uniform(0, 9))
            audit, (over, under) = chance.choice(list(factors.items()))
            value = told("sample-size", "--rule", "iaf-md1", "--sites", str(count), "--audit", audit, "--effective")
            square = over * over * count
            root = math.isqrt(square)
            sites = -(-(root + (root * root < square)) // under)
            self.assertEqual((value["sites"], value["random"]), (sites, -(-sites // 4)), (count, audit))


class CheckRules(unittest.TestCase):
    def test_each_broken_rule_is_refused_with_file_line_and_column(self):
        folder = os.path.join(DATA, "broken")
        for name in sorted(os.listdir(folder)):
            file = os.path.join(folder, name)
            result = guildmark("check", file)
            self.assertEqual(result.returncode, 2, name)
            code = name.removesuffix(".xml").split("-")[0]
            self.assertRegex(result.stderr, rf"(?m)^{file}:\d+:\d+: {code}: ")

    def test_each_sound_rule_passes(self):
        sound = [os.path.join(DATA, "sound", name) for name in sorted(os.listdir(os.path.join(DATA, "sound")))]
        for folder, _, names in os.walk(RULES):
            sound += [os.path.join(folder, name) for name in names if name.endswith(".xml")]
        result = guildmark("check", *sound)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertEqual(result.stdout, f"{len(sound)} checked, nothing to mend\n")
