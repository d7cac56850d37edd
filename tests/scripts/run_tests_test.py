#!/usr/bin/python3
"""Proves that scripts/run_tests counts what ran and lets nothing that failed pass."""

import os
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../.."))

GTEST_REPORT = """{"testsuites": [{"testsuite": [
  {"name": "a", "result": "COMPLETED"},
  {"name": "b", "result": "COMPLETED", "failures": [{"failure": "no"}]},
  {"name": "c", "result": "SKIPPED"}]}]}"""


def run(entries, pattern=""):
    """The last line and the exit status of a run over `entries`: names with their shell programs."""
    with tempfile.TemporaryDirectory() as build:
        with open(os.path.join(build, "CTestTestfile.cmake"), "w", encoding="utf-8") as file:
            for name, program in entries.items():
                script = os.path.join(build, name)
                with open(script, "w", encoding="utf-8") as program_file:
                    program_file.write(f"#!/bin/sh\n{program}\n")
                os.chmod(script, 0o755)
                file.write(f'add_test({name} "{script}")\n')
        result = subprocess.run(
            [os.path.join(ROOT, "scripts/run_tests"), "run", build, pattern],
            capture_output=True,
            text=True,
            check=False,
        )
    return result.stdout.splitlines()[-1], result.returncode


class RunTests(unittest.TestCase):
    def test_no_entry_is_a_failure(self):
        self.assertEqual(run({}), ("0 passed, 0 failed", 1))

    def test_a_pattern_that_matches_nothing_is_a_failure(self):
        self.assertEqual(run({"one": "exit 0"}, "two"), ("0 passed, 0 failed", 1))

    def test_a_program_that_fails_is_a_failure(self):
        self.assertEqual(run({"one": "exit 0", "two": "exit 3"}), ("1 passed, 1 failed", 1))

    def test_printed_counts_do_not_hide_the_exit_status(self):
        self.assertEqual(run({"one": "echo 4 passed, 0 failed; exit 1"}), ("4 passed, 1 failed", 1))

    def test_printed_zero_is_a_failure(self):
        self.assertEqual(run({"one": "echo 0 passed, 0 failed"}), ("0 passed, 1 failed", 1))

    def test_a_skipped_case_of_googletest_is_a_failure(self):
        program = f"cat > ${{GTEST_OUTPUT#json:}} <<'END'\n{GTEST_REPORT}\nEND"
        self.assertEqual(run({"one": program}), ("1 passed, 2 failed", 1))

    def test_a_crash_is_a_failure(self):
        self.assertEqual(run({"one": "kill -SEGV $$"}), ("0 passed, 1 failed", 1))

    def test_a_failure_among_entries_that_run_at_once_is_told_whole(self):
        entries = {f"good{number}": "exit 0" for number in range(20)}
        entries["bad"] = "echo why; exit 1"
        self.assertEqual(run(entries), ("20 passed, 1 failed", 1))

    def test_printed_counts_are_summed(self):
        entries = {"one": "echo 4 passed, 0 failed", "two": "exit 0"}
        self.assertEqual(run(entries), ("5 passed, 0 failed", 0))


if __name__ == "__main__":
    program = unittest.main(exit=False, verbosity=0)
    bad = len(program.result.failures) + len(program.result.errors)
    print(f"{program.result.testsRun - bad} passed, {bad} failed")
    sys.exit(1 if bad else 0)
