"""`guildmark verify`, `rebuild` and `replay`, on data that somebody changed."""

import json
import os
import sqlite3
import unittest

from program import chain_hash, change, copy_demo, guildmark, identity_text, path_of, verify


def last_record(data):
    """Of the longest stream: its id, and the sequence and position of its last record."""
    told = guildmark("replay", "--json", "--data", data).stdout.splitlines()
    longest = max(map(json.loads, told), key=lambda record: record["sequence"])
    return longest["stream"], longest["sequence"], longest["position"]


class Store(unittest.TestCase):
    def test_what_was_written_is_sound(self):
        status, told = verify(path_of("demo"))
        self.assertEqual((status, told["sound"], told["faults"]), (0, True, []))
        lines = guildmark("replay", "--json", "--data", path_of("demo")).stdout.splitlines()
        self.assertEqual(len(lines), told["records"])

    def test_one_case_can_be_replayed(self):
        result = guildmark("replay", "--json", "--data", path_of("demo"))
        streams = [json.loads(line)["stream"] for line in result.stdout.splitlines()]
        one = guildmark("replay", "--json", "--data", path_of("demo"), "--case", streams[-1])
        records = [json.loads(line) for line in one.stdout.splitlines()]
        self.assertEqual({record["stream"] for record in records}, {streams[-1]})
        sequences = [record["sequence"] for record in records]
        self.assertEqual(sequences, list(range(1, streams.count(streams[-1]) + 1)))

    def test_the_chain_is_as_the_reference_says(self):
        lines = guildmark("replay", "--json", "--data", path_of("demo")).stdout.splitlines()
        heads = {}
        for line in lines:
            record = json.loads(line)
            payload = line.split('"payload":', 1)[1].removesuffix("}")
            previous = heads.get(record["stream"], bytes(32))
            heads[record["stream"]] = chain_hash(previous, record, payload)
            self.assertEqual(heads[record["stream"]].hex(), record["hash"])
        self.assertGreater(len(heads), 2)

    def test_a_case_that_is_not_there_is_refused(self):
        for words in (["replay"], ["report", "--out", path_of("none.xlsx")]):
            for case, code in (("0000000000001", "case_not_found"), ("x", "id_malformed")):
                result = guildmark(*words, "--data", path_of("demo"), "--case", case)
                self.assertEqual(result.returncode, 2, words)
                self.assertIn(code, result.stderr)
        self.assertFalse(os.path.exists(path_of("none.xlsx")))

    def test_a_byte_that_changed_in_the_journal_is_found(self):
        data = copy_demo("flipped")
        journal = os.path.join(data, "journal.sqlite")
        with open(journal, "rb+") as file:
            place = file.read().find(b'{"trigger":"task.sign.sign"')
            self.assertGreater(place, 0)
            file.seek(place + len('{"trigger":"task.sign.sig'))
            file.write(b"m")
        store = sqlite3.connect(journal)
        stream, sequence = store.execute(
            "SELECT stream, sequence FROM record WHERE payload LIKE '%task.sign.sigm%'"
        ).fetchone()
        store.close()
        status, told = verify(data)
        self.assertEqual((status, told["sound"]), (4, False))
        self.assertEqual(
            [(fault["code"], fault["subject"]) for fault in told["faults"]],
            [("store_corrupted", f"{identity_text(stream)}/{sequence}")],
        )
        self.assertEqual(guildmark("rebuild", "--data", data).returncode, 4)

    def test_a_record_that_is_gone_is_named(self):
        data = copy_demo("gone")
        lines = guildmark("replay", "--json", "--data", data).stdout.splitlines()
        record = json.loads(lines[len(lines) // 2])
        gone = f"DELETE FROM record WHERE position = {record['position']}"
        self.assertEqual(change(data, gone), 1)
        status, told = verify(data)
        self.assertEqual(status, 4)
        subjects = {fault["subject"] for fault in told["faults"]}
        self.assertIn(f"{record['stream']}/{record['sequence'] + 1}", subjects)
        self.assertEqual(guildmark("rebuild", "--data", data).returncode, 4)

    def test_the_last_record_of_a_case_is_missed_before_and_after_a_rebuild(self):
        data = copy_demo("end-gone")
        case, sequence, position = last_record(data)
        self.assertEqual(change(data, f"DELETE FROM record WHERE position = {position}"), 1)
        for _ in range(2):
            status, told = verify(data)
            self.assertEqual(status, 4)
            [fault] = [f for f in told["faults"] if f["code"] == "journal_end_differs"]
            self.assertEqual(fault["subject"], case)
            self.assertIn(f"{sequence} were written", fault["message"])
            self.assertEqual(told["streams_sound"], told["streams"] - 1)
            rebuilt = guildmark("rebuild", "--data", data)
            self.assertEqual(rebuilt.returncode, 4)
            self.assertIn("journal_end_differs", rebuilt.stderr)
        served = guildmark("serve", "--data", data, "--listen", "127.0.0.1:0")
        self.assertEqual(served.returncode, 4, served.stderr)
        self.assertIn("guildmark verify", served.stderr)

    def test_a_last_record_that_was_forged_with_a_hash_that_fits_is_found(self):
        data = copy_demo("end-forged")
        lines = guildmark("replay", "--json", "--data", data).stdout.splitlines()
        stream = json.loads(lines[0])["stream"]
        records = [line for line in lines if json.loads(line)["stream"] == stream]
        previous = bytes.fromhex(json.loads(records[-2])["hash"])
        last = json.loads(records[-1])
        forged = chain_hash(previous, last, "{}").hex()
        change(
            data,
            f"UPDATE record SET payload = '{{}}', hash = x'{forged}' "
            f"WHERE position = {last['position']}",
        )
        status, told = verify(data)
        self.assertEqual(status, 4)
        codes = {fault["code"] for fault in told["faults"]}
        self.assertIn("journal_end_differs", codes)

    def test_each_damaged_stream_is_named_with_its_first_bad_record_and_the_rest_is_counted(self):
        data = copy_demo("two-damaged")
        lines = guildmark("replay", "--json", "--data", data).stdout.splitlines()
        records = [json.loads(line) for line in lines]
        streams = sorted({record["stream"] for record in records})
        cases = [
            stream
            for stream in streams
            if sum(record["stream"] == stream for record in records) > 12
        ][:2]
        self.assertEqual(len(cases), 2)
        for case in cases:
            for sequence in (5, 9):
                position = next(
                    record["position"]
                    for record in records
                    if (record["stream"], record["sequence"]) == (case, sequence)
                )
                change(data, f"UPDATE record SET payload = '{{}}' WHERE position = {position}")
        status, told = verify(data)
        self.assertEqual(status, 4)
        named = [fault["subject"] for fault in told["faults"]]
        self.assertEqual(named[:2], [f"{case}/5" for case in cases])
        lost = sum(record["stream"] in cases and record["sequence"] >= 5 for record in records)
        self.assertEqual(told["records"], len(records))
        self.assertEqual(told["records_sound"], len(records) - lost)
        self.assertEqual(told["streams_sound"], len(streams) - 2)
        text = guildmark("verify", "--data", data).stdout
        self.assertIn(f"{cases[0]}/5: store_corrupted: ", text)
        self.assertIn("2 damaged streams", text.splitlines()[-1])

    def test_rows_that_differ_are_found_and_written_anew(self):
        for name, statement, table in (
            ("row-gone", "DELETE FROM task WHERE status = 0", ""),
            ("row-edited", "UPDATE case_summary SET title = 'Another'", "case_summary "),
            ("timer-edited", "UPDATE timer SET due = due + 1", "timer "),
            ("index-edited", "DELETE FROM case_index", ""),
        ):
            with self.subTest(name):
                data = copy_demo(name)
                self.assertGreater(change(data, statement), 0)
                status, told = verify(data)
                self.assertEqual(status, 4)
                self.assertEqual({fault["code"] for fault in told["faults"]}, {"rows_differ"})
                for fault in told["faults"]:
                    self.assertTrue(fault["subject"].startswith(table), fault)
                    self.assertIn("guildmark rebuild", fault["message"])
                self.assertEqual(told["streams_sound"], told["streams"])
                text = guildmark("verify", "--data", data).stdout
                self.assertIn("sound, but rows differ: guildmark rebuild mends them", text)
                self.assertEqual(guildmark("rebuild", "--data", data).returncode, 0)
                self.assertEqual(verify(data)[0], 0)

    def test_a_file_of_another_program_in_the_journals_place_is_told_as_that(self):
        other = sqlite3.connect(":memory:")
        other.execute("CREATE TABLE recipe (name TEXT)")
        for name, content in (("text", b"Dear diary, " * 100), ("recipes", other.serialize())):
            with self.subTest(name):
                data = path_of(f"foreign-{name}")
                os.mkdir(data)
                journal = os.path.join(data, "journal.sqlite")
                with open(journal, "wb") as file:
                    file.write(content)
                for command in ("verify", "rebuild", "serve", "replay"):
                    result = guildmark(command, "--data", data)
                    self.assertEqual(result.returncode, 1, result.stderr)
                    self.assertIn(f"guildmark: store_foreign: {journal}: ", result.stderr)
                    self.assertIn("name another data folder", result.stderr)
                with open(journal, "rb") as file:
                    self.assertEqual(file.read(), content)
        other.close()

    def test_a_folder_without_data_is_refused_and_not_made(self):
        nowhere = path_of("nowhere")
        identity = "0000000000001"
        for words in (
            ["verify"],
            ["rebuild"],
            ["replay"],
            ["report", "--case", identity, "--out", path_of("none.xlsx")],
            ["token", "list"],
            ["token", "make", "--organisation", identity, "--person", identity],
            ["token", "revoke", "--organisation", identity, "--token", identity],
        ):
            with self.subTest(words):
                result = guildmark(*words, "--data", nowhere)
                self.assertEqual(result.returncode, 2, result.stderr)
                self.assertIn("data_folder_failed", result.stderr)
                self.assertIn(nowhere, result.stderr)
                self.assertFalse(os.path.exists(nowhere))
