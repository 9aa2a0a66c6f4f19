"""Labs graded on hosts without namespaces (tests/sandbox/hosts): what is right passes, what is wrong fails, and what such
a host cannot show is skipped with the reason."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

PROJECT = pathlib.Path(os.environ["PROJECT"])
GRADE = os.environ["GRADE"]
CANNOT = 77

# Programs, libraries with a driver, and threads under the scheduler.
RIGHT = {
    "lab02-reap": ["Reap.WaitallTellsEachChildOnce"],
    "lab04-process": ["Process.TellsTheExitCode", "Process.TellsTheSignal", "Process.DaemonsEndWithTheirParent"],
    "lab07-shm": ["Value.IsOneAmongProcesses", "Semaphore.Counts"],
    "lab08-thread": ["Life.BeginsWithStart", "Life.EndsWithAnException"],
}
WRONG = [
    ("lab02-reap", "wrong/raw-status", "Reap.WaitallTellsEachChildOnce"),
    ("lab04-process", "wrong/signed-code", "Process.TellsTheExitCode"),
    ("lab07-shm", "wrong/private-values", "Value.IsOneAmongProcesses"),
    ("lab08-thread", "wrong/catches-std-only", "Life.EndsWithAnException"),
]


class Host:
    """What is true on each; the classes below are the hosts."""

    name = ""
    tier = ""

    @classmethod
    def setUpClass(cls):
        cls.area = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.area.chmod(0o777)
        cls.home = cls.area / "home"
        cls.home.mkdir()
        cls.home.chmod(0o777)
        if cls.name == "ordinary" and os.geteuid() == 0:
            as_user = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
            if subprocess.run([*as_user, "test", "-x", GRADE, "-a", "-r", PROJECT / "course.toml"]).returncode != 0:
                raise unittest.SkipTest("an ordinary user may not read the checkout")

    def on_host(self, *arguments):
        """Runs grade there; its cache and its temporary files are the host's own."""
        environment = {"PATH": "/usr/bin:/bin", "HOME": str(self.home), "TMPDIR": str(self.home), "LANG": "C.UTF-8"}
        command = [os.environ["SANDBOX_HOST"], self.name, GRADE, *map(str, arguments)]
        ended = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, errors="replace")
        if ended.returncode == CANNOT:
            self.skipTest(ended.stdout.strip())
        return ended

    def graded(self, lab, only, variant=None):
        """What came of each of these checks."""
        submission = self.area / "submission"
        report = self.area / "report.json"
        shutil.rmtree(submission, ignore_errors=True)
        report.unlink(missing_ok=True)
        shutil.copytree(PROJECT / "reference" / lab, submission)
        if variant is not None:
            shutil.copytree(PROJECT / "labs" / lab / variant, submission, dirs_exist_ok=True)
        ended = self.on_host(lab, submission, "--seed", "1", "--json", report, *(f"--only={check}" for check in only))
        self.assertIn(ended.returncode, (0, 1), ended.stdout + ended.stderr)
        told = json.loads(report.read_text())
        self.assertEqual(told["isolation"], self.tier)
        checks = {check["id"]: check for check in told["checks"]}
        return {check: checks[check] for check in only}

    def test_the_doctor_names_the_tier_and_why_it_is_no_better_one(self):
        ended = self.on_host("doctor")
        self.assertEqual(ended.returncode, 0, ended.stdout + ended.stderr)
        self.assertIn(f"Isolation: {self.tier}\n  not full isolation: ", ended.stdout)

    def test_what_is_right_passes(self):
        for lab, only in RIGHT.items():
            for name, check in self.graded(lab, only).items():
                with self.subTest(lab, check=name):
                    self.assertEqual(check["verdict"], "passed", check)

    def test_what_is_wrong_fails(self):
        for lab, variant, name in WRONG:
            with self.subTest(lab):
                check = self.graded(lab, RIGHT[lab], variant)[name]
                self.assertEqual(check["verdict"], "failed", check)

    def test_what_uses_names_that_are_refused_is_skipped_with_the_reason(self):
        name = "Value.IsOneAmongProcesses"
        check = self.graded("lab07-shm", [name], "right/unlinked-names")[name]
        self.assertEqual(check["verdict"], "skipped", check)
        self.assertIn("the program uses shm_open", check["reason"])

    def test_servers_are_skipped_with_the_reason(self):
        name = "Iterative.ServesThemOneByOne"
        check = self.graded("lab12-servers", [name])[name]
        self.assertEqual(check["verdict"], "skipped", check)
        self.assertIn("this machine cannot give a network of its own", check["reason"])


class Container(Host, unittest.TestCase):
    name = "container"
    tier = "container"


class Ordinary(Host, unittest.TestCase):
    name = "ordinary"
    tier = "restricted"
