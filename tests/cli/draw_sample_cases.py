"""`guildmark draw-sample`, checked by the program that its reference prints."""

import hashlib
import json
import os
import random
import re
import stat
import subprocess
import sys
import unittest

from audit_cases import answers_file, told
from program import guildmark, path_of, ROOT

SEED = "00112233445566778899aabbccddeeff" * 2
COLUMNS = "id,last_visit,complaints,open_findings,changed,new,personnel"


def write(name, text):
    path = path_of(name)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    return path


def seed_file(name="seed.txt", seed=SEED):
    return write(name, seed + "\n")


def sites(name, count, chance):
    """A list of sites in which reasons are spread by chance."""
    rows = [COLUMNS]
    for number in range(count):
        visit = "2025-05-01" if chance.random() < 0.7 else ""
        yes_or_no = lambda: chance.choice(("yes", "no", ""))
        rows.append(
            f'"site, {number}",{visit},{chance.choice("0001")},{chance.choice("0002")},'
            f"{yes_or_no()},{yes_or_no()},{chance.randint(1, 90)}"
        )
    header, body = rows[0], rows[1:]
    chance.shuffle(body)
    return write(name, "\n".join([header, *body]) + "\n")


def redo(result, units):
    """What the program in the reference says of a result."""
    with open(os.path.join(ROOT, "docs/reference/draw.md"), encoding="utf-8") as file:
        program = re.search(r"```python\n(.*?)```", file.read(), re.DOTALL)[1]
    script = write("check.py", program)
    published = write("result.json", json.dumps(result))
    checked = subprocess.run([sys.executable, script, published, units], capture_output=True, text=True, check=True)
    return checked.stdout


class NewSeed(unittest.TestCase):
    def test_a_seed_is_never_written_over_another_file(self):
        file = seed_file("kept.txt")
        result = guildmark("draw-sample", "--new-seed", file)
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertIn("seed_not_written", result.stderr)
        with open(file, encoding="utf-8") as kept:
            self.assertEqual(kept.read(), SEED + "\n")
        nowhere = guildmark("draw-sample", "--new-seed", path_of("no/folder/seed.txt"))
        self.assertEqual(nowhere.returncode, 2)

    def test_a_seed_is_for_its_owner_and_its_commitment_for_all(self):
        seeds = set()
        for number in range(3):
            file = path_of(f"new-{number}.txt")
            units = write("three.csv", "id\nb\na\nc\n")
            value = told("draw-sample", "--new-seed", file, "--units", units)
            self.assertEqual(stat.S_IMODE(os.stat(file).st_mode), 0o600)
            with open(file, encoding="utf-8") as written:
                seed = written.read().strip()
            self.assertNotIn(seed, json.dumps(value))
            self.assertEqual(value["commitment"], hashlib.sha256(bytes.fromhex(seed)).hexdigest())
            self.assertEqual(value["frame"], hashlib.sha256(b"a\nb\nc\n").hexdigest())
            seeds.add(seed)
        self.assertEqual(len(seeds), 3)


class DrawSample(unittest.TestCase):
    def test_what_cannot_be_drawn_is_refused(self):
        units = write("few.csv", "id,complaints\na,0\nb,1\nc,0\n")
        base = ["--rule", "iaf-md1", "--audit", "initial"]
        full = [*base, "--units", units, "--seed", seed_file()]
        wrong = write("wrong.csv", "id,complaints\na,some\n")
        for words, code, status in (
            ([], "argument_missing", 2),
            (base, "argument_missing", 2),
            ([*base, "--units", units], "argument_missing", 2),
            ([*full, "--figure", "site"], "figure_unknown", 2),
            ([*base, "--units", units, "--seed", seed_file("short.txt", "00ff")], "seed_malformed", 2),
            ([*full, "--commitment", "ff"], "digest_malformed", 2),
            ([*full, "--commitment", "f" * 64], "commitment_mismatch", 1),
            ([*base, "--units", path_of("none.csv"), "--seed", seed_file()], "file_unreadable", 2),
            ([*base, "--units", wrong, "--seed", seed_file()], "value_malformed", 2),
            (["--rule", "iaf-md1", "--units", units, "--seed", seed_file()], "audit_missing", 2),
            ([*full, "--eligibility", answers_file("gathered.json", umbrella=True)], "sampling_not_eligible", 1),
        ):
            result = guildmark("draw-sample", *words)
            self.assertEqual((result.returncode, result.stdout), (status, ""), words)
            self.assertIn(code, result.stderr)
        one = write("one.csv", "id\na\n")
        alone = guildmark(
            "draw-sample", "--rule", "fr-agrg1132076a", "--audit", "initial", "--units", one, "--seed", seed_file()
        )
        self.assertEqual(alone.returncode, 1)
        self.assertIn("sample_undefined", alone.stderr)

    def test_faults_of_the_list_are_told_with_line_and_column(self):
        units = write("faults.csv", 'id,new\na,yes\na,no\n"b')
        result = guildmark(
            "draw-sample", "--rule", "iaf-md1", "--audit", "initial", "--units", units, "--seed", seed_file()
        )
        self.assertEqual(result.returncode, 2)
        self.assertEqual(
            [line.removeprefix(f"{units}:") for line in result.stderr.splitlines()],
            ['3:1: id_repeated: a second line is about "a"', "4:2: list_malformed: a quote is opened and not closed"],
        )

    def test_each_choice_says_why(self):
        units = write(
            "reasons.csv",
            "id,last_visit,complaints,personnel\n"
            + "".join(f"s{number},2025-01-01,0,5\n" for number in range(20))
            + "angry,2025-01-01,2,5\nlarge,2025-01-01,0,80\nnever,,0,5\nboth,,4,5\n",
        )
        words = ["draw-sample", "--rule", "iaf-md1", "--audit", "initial", "--units", units, "--seed", seed_file()]
        value = told(*words)
        chosen = [(one["id"], one["by"], one["points"], [why["id"] for why in one["reasons"]]) for one in value["sample"]]
        self.assertEqual(
            chosen[:3],
            [
                ("both", "purpose", 7, ["never-visited", "complaints"]),
                ("never", "purpose", 4, ["never-visited"]),
                ("angry", "purpose", 3, ["complaints"]),
            ],
        )
        self.assertEqual([one["by"] for one in value["sample"][3:]], ["lot", "lot"])
        self.assertEqual((value["drawn"], value["by_lot"], value["by_lot_least"], value["count"]), (5, 2, 2, 24))
        self.assertEqual(value["not_looked_at"], ["open-findings", "changed", "new-site"])
        self.assertEqual(value["points"], {"both": 7, "never": 4, "angry": 3, "large": 1})
        self.assertEqual((value["central_function"], value["eligibility"]), (True, "not-tested"))
        people = guildmark(*words).stdout
        self.assertIn("  angry                    3 points\n", people)
        self.assertIn("There were complaints.", people)
        self.assertIn("by lot among 21\n", people)
        self.assertIn('(the list has no column "changed")', people)
        self.assertIn("发生过投诉。", guildmark(*words, "--language", "zh").stdout)

    def test_anybody_can_draw_again_from_what_is_published(self):
        chance = random.Random(11)
        ways = set()
        for count in (1, 2, 3, 5, 12, 26, 60, 101, 400):
            units = sites(f"sites-{count}.csv", count, chance)
            file = path_of(f"secret-{count}.txt")
            before = told("draw-sample", "--new-seed", file, "--units", units)
            audit = chance.choice(("initial", "surveillance", "recertification"))
            addition = chance.choice(("", "lottery 3 17 42", "北京"))
            words = ["--rule", "iaf-md1", "--audit", audit, "--units", units, "--seed", file]
            words += ["--commitment", before["commitment"], "--addition", addition]
            result = told("draw-sample", *words)
            self.assertEqual(result["frame"], before["frame"])
            size = told("sample-size", "--rule", "iaf-md1", "--audit", audit, "--sites", str(count))
            self.assertEqual((len(result["sample"]), result["by_lot_least"]), (size["sites"], size["random"]))
            self.assertEqual(redo(result, units), "commitment True\nlist True\nsample True\n", words)
            ways |= {one["by"] for one in result["sample"]}
        self.assertEqual(ways, {"every", "purpose", "purpose-by-lot", "lot"})

    def test_what_was_changed_afterward_is_found(self):
        units = sites("honest.csv", 40, random.Random(3))
        words = ["draw-sample", "--rule", "iaf-md1", "--audit", "initial", "--units", units, "--seed", seed_file()]
        result = told(*words)
        other = next(f"site, {number}" for number in range(40) if f"site, {number}" not in [one["id"] for one in result["sample"]])
        result["sample"][-1]["id"] = other
        self.assertIn("sample False", redo(result, units))
        result = told(*words)
        with open(units, encoding="utf-8") as file:
            shorter = write("shorter.csv", "".join(file.readlines()[:-1]))
        self.assertIn("list False", redo(result, shorter))
        result["seed"] = "0" * 64
        self.assertIn("commitment False", redo(result, units))

    def test_a_list_in_JSON_gives_the_same_and_a_rule_may_draw_for_several_figures(self):
        ids = [f"member {number}" for number in range(120)]
        as_csv = write("members.csv", "id\n" + "\n".join(ids) + "\n")
        as_json = write("members.json", json.dumps([{"id": one} for one in reversed(ids)]))
        words = ["draw-sample", "--rule", "eu-organic", "--seed", seed_file()]
        drawn = told(*words, "--units", as_csv)
        self.assertEqual(drawn["sample"], told(*words, "--units", as_json)["sample"])
        self.assertEqual((drawn["figure"], drawn["drawn"], drawn["by_lot"]), ("reinspect", 10, 10))
        laboratory = told(*words, "--units", as_csv, "--figure", "laboratory")
        self.assertEqual(laboratory["drawn"], 3)
        self.assertIn("sample True", redo(laboratory, as_csv))
