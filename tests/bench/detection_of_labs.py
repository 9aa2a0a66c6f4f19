"""usage: detection_of_labs.py ROOT GRADE [LAB...]: how often each attempt of a check finds a bug that depends on timing.

Some checks try many schedules, or many moments at which a process is held or killed. For each wrong submission that
such a check is there to find, every attempt is made on its own. Submissions that fail whatever the order are left out."""

import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

SEED = 1
NO_SUCH_ATTEMPT = 1000  # the most that --attempt takes
PROBES = 3  # a bug that each of so many attempts shows does not depend on timing


class Grader:
    def __init__(self, root: Path, program: Path) -> None:
        self.root = root
        self.program = program

    def verdicts(self, lab: str, submission: Path, attempt: int, checks: tuple[str, ...] = ()) -> dict[str, dict]:
        """What the checks say, by id, if they make only this attempt."""
        with tempfile.TemporaryDirectory(prefix="detection-") as scratch:
            report = Path(scratch) / "report.json"
            only = [word for check in checks for word in ("--only", check)]
            command = [self.program, lab, submission, *only, "--seed", str(SEED), "--attempt", str(attempt),
                       "--json", report, "--junit", Path(scratch) / "junit.xml"]
            done = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=False)
            if done.returncode not in (0, 1):
                sys.exit(f"{command} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
            return {check["id"]: check for check in json.loads(report.read_text(encoding="utf-8"))["checks"]}

    def checks_with_attempts(self, lab: str) -> set[str]:
        reference = self.root / "reference" / lab
        verdicts = self.verdicts(lab, reference, NO_SUCH_ATTEMPT)
        return {name for name, check in verdicts.items() if "there is no attempt" in check["reason"]}

    def every_attempt(self, lab: str, submission: Path, check: str) -> list[bool] | None:
        """Which attempts fail the submission; None if it does not depend on them."""
        fails: list[bool] = []
        while True:
            said = self.verdicts(lab, submission, len(fails) + 1, (check,))[check]
            if said["verdict"] == "skipped":
                return fails
            fails.append(said["verdict"] == "failed")
            if len(fails) == PROBES and all(fails):
                return None


def measure(grader: Grader, lab: str) -> None:
    checks = grader.checks_with_attempts(lab)
    for folder in sorted((grader.root / "labs" / lab / "wrong").iterdir()):
        expected = tomllib.loads((folder / "expect.toml").read_text(encoding="utf-8"))
        wanted = sorted(checks & set(expected["fails"]))
        if not wanted:
            continue
        with tempfile.TemporaryDirectory(prefix="detection-") as scratch:
            submission = lay_out(grader.root / "reference" / lab, folder, Path(scratch))
            for check in wanted:
                fails = grader.every_attempt(lab, submission, check)
                if fails is not None:
                    first = fails.index(True) + 1 if True in fails else "none"
                    row = [lab[:5], expected["why"], check, f"{sum(fails)}/{len(fails)}", str(first)]
                    print("| " + " | ".join(row) + " |", flush=True)


def lay_out(reference: Path, variant: Path, folder: Path) -> Path:
    submission = folder / reference.name
    shutil.copytree(reference, submission, ignore=shutil.ignore_patterns(".grade"))
    shutil.copytree(variant, submission, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expect.toml"))
    return submission


def main(root: Path, program: Path, *labs: str) -> None:
    print("| lab | wrong submission | check | attempts that find it | the first |")
    print("|---|---|---|---|---|")
    grader = Grader(root, program)
    for lab in labs or sorted(folder.name for folder in (root / "labs").iterdir() if folder.is_dir()):
        measure(grader, lab)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
