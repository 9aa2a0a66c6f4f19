"""usage: references.py ROOT GRADE [LAB...]: what grading the reference of each lab costs, its programs being built.

Processor time is that of the grader and of all that it runs, as the kernel adds it up (getrusage(2)); other work on the
machine changes it little, unlike the seconds that pass."""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def used() -> float:
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    return now.ru_utime + now.ru_stime


def grade(program: Path, lab: Path, scratch: str) -> tuple[float, float]:
    """Processor time and seconds of one grading that has to give full marks."""
    processor, begin = used(), time.perf_counter()
    done = subprocess.run([program, lab.name, lab], cwd=scratch, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{lab.name} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return used() - processor, time.perf_counter() - begin


def main(root: Path, program: Path, *wanted: str) -> None:
    with tempfile.TemporaryDirectory(prefix="grade-bench-") as scratch:
        for lab in sorted((root / "reference").iterdir()):
            if wanted and lab.name not in wanted:
                continue
            grade(program, lab, scratch)
            processor, seconds = grade(program, lab, scratch)
            print(f"{lab.name:<18} {processor:6.1f} s of processor time in {seconds:6.1f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve(), *sys.argv[3:])
