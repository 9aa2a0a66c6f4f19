"""What a student reads when a lab's check fails: the texts of single failures, as the JSON report has them."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

PROJECT = pathlib.Path(os.environ["PROJECT"])


def graded(lab, variant, check):
    """The result of one check on the lab's reference with a variant's files put over it."""
    with tempfile.TemporaryDirectory() as folder:
        submission = pathlib.Path(folder, "submission")
        shutil.copytree(PROJECT / "reference" / lab, submission)
        shutil.copytree(PROJECT / "labs" / lab / variant, submission, dirs_exist_ok=True)
        return graded_folder(lab, submission, check)


def graded_folder(lab, submission, check):
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder, "report.json")
        command = [os.environ["GRADE"], lab, submission, "--only", check, "--seed", "1", "--json", report]
        ended = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, errors="replace")
        if ended.returncode not in (0, 1):
            raise AssertionError(ended.stderr)
        checks = json.loads(report.read_text())["checks"]
        return next(result for result in checks if result["id"] == check)


class Fork(unittest.TestCase):
    def test_a_hung_pstate_is_told_without_the_probe_that_ran_it(self):
        result = graded("lab01-fork", "wrong/pstate-hangs", "Fork.PStateTellsEachState")
        failure = result["failures"][0]
        self.assertEqual(failure["run"], "./fork pstate PID")
        self.assertEqual(failure["happened"], "it did not come to an end")
        self.assertRegex(failure["facts"][0], "^PID was a process called .* in the state R$")
        self.assertNotIn("in_state", json.dumps(result))
        self.assertNotIn("processor", json.dumps(result))


class Reap(unittest.TestCase):
    def failure(self, variant, check):
        result = graded("lab02-reap", variant, check)
        return result["failures"][0] | {"hint": result["hint"]}

    def test_an_orphan_that_asks_once_is_told_to_ask_again(self):
        failure = self.failure("wrong/orphan-asks-once", "Reap.OrphanTellsBothParents")
        self.assertRegex(failure["happened"], r"^both lines tell \d+ as the parent$")
        self.assertRegex(failure["facts"][0], r"had ended \d+ ms before the second line came$")
        self.assertRegex(failure["hint"], "ask it again")

    def test_an_orphan_that_is_none_is_told_that_its_parent_lived(self):
        failure = self.failure("wrong/never-an-orphan", "Reap.OrphanTellsBothParents")
        self.assertRegex(failure["facts"][0], "still lived when the second line came, so nobody had adopted the child$")
        self.assertRegex(failure["hint"], "when the parent has ended")

    def test_an_orphan_that_lives_on_is_told_to_end(self):
        failure = self.failure("wrong/orphan-lives-on", "Reap.OrphanSleepsBetween")
        self.assertEqual(failure["happened"], "a process still ran 1 s after the program's end")
        self.assertRegex(failure["hint"], "nothing left to do: let it end")

    def test_a_sleep_poll_between_ticks_is_counted(self):
        failure = self.failure("wrong/nohang-sleep-polls", "Reap.WaitingCostsNoCpu")
        self.assertRegex(failure["happened"], r"^it slept \d+ times for a fixed time, and ticked \d+ times$")


class Http(unittest.TestCase):
    def test_bytes_that_end_a_server_are_told_as_a_command_that_sends_them(self):
        result = graded("lab17-http", "wrong/dies-of-large-numbers", "Safety.SurvivesMalformedRequests")
        facts = result["failures"][0]["facts"]
        self.assertIn("these bytes do it:", facts)
        command = facts[facts.index("these bytes do it:") + 1].strip()
        self.assertRegex(command, r"^(\( )?printf '.*\| nc -N 127\.0\.0\.1 8000$")


if __name__ == "__main__":
    unittest.main()
