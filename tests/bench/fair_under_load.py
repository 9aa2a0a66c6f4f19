"""usage: fair_under_load.py ROOT GRADE [TIMES [LAB...]]: grades what is right on a machine that is far too busy.

References and right variants of each lab whose checks are built, so often each, while 8 processes spin, one fills and
empties memory and one writes to the disk. Told are full marks, checks that failed (each is a false accusation), and
gradings that said they could not judge (which costs nobody points)."""

import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SPINNING = 8
MEMORY = 256 << 20  # bytes, again and again


def spin() -> None:
    while True:
        pass


def fill_memory() -> None:
    while True:
        block = bytearray(MEMORY)
        block[:: 4096] = bytes(len(block) // 4096)


def write_disk(folder: str) -> None:
    path = Path(folder, "written")
    while True:
        with path.open("wb") as file:
            for _ in range(64):
                file.write(os.urandom(1 << 20))
            os.fsync(file.fileno())


class Load:
    """The processes that keep the machine busy."""

    def __init__(self, folder: str):
        jobs = [(spin, ())] * SPINNING + [(fill_memory, ()), (write_disk, (folder,))]
        self.processes = [multiprocessing.Process(target=work, args=words, daemon=True) for work, words in jobs]

    def __enter__(self) -> None:
        for process in self.processes:
            process.start()

    def __exit__(self, *_) -> None:
        for process in self.processes:
            process.kill()
            process.join()


def right_submissions(root: Path, lab: str) -> dict[str, list[Path]]:
    """By name, the folders that are laid over one another."""
    reference = root / "reference" / lab
    variants = sorted(path for path in (root / "labs" / lab / "right").glob("*") if path.is_dir())
    return {"reference": [reference]} | {variant.name: [reference, variant] for variant in variants}


def grade(program: Path, lab: str, layers: list[Path], scratch: Path) -> dict:
    folder = scratch / "hand-in"
    shutil.rmtree(folder, ignore_errors=True)
    for layer in layers:
        shutil.copytree(layer, folder, dirs_exist_ok=True)
    for layer in layers[1:]:
        for source in layer.glob("*.py"):  # instead of C++
            (folder / f"{source.stem}.cpp").unlink(missing_ok=True)
    report = scratch / "report.json"
    subprocess.run([program, lab, folder, "--json", report], cwd=scratch, capture_output=True, check=False)
    return json.loads(report.read_text())


def main(root: Path, program: Path, times: int = 3, labs: tuple[str, ...] = ()) -> None:
    built = sorted(path.parent.name for path in (program.parents[2] / "labs").glob("*/checks") if path.is_file())
    with tempfile.TemporaryDirectory(prefix="grade-bench-") as scratch, Load(scratch):
        for lab in labs or built:
            for name, layers in right_submissions(root, lab).items():
                begun = time.monotonic()
                reports = [grade(program, lab, layers, Path(scratch)) for _ in range(times)]
                verdicts = [report["verdict"] for report in reports]
                wrong = {check["id"] for report in reports for check in report["checks"] if check["verdict"] == "failed"}
                print(f"{lab:16} {name:20} {verdicts.count('full_marks')} of {times} full marks, "
                      f"{verdicts.count('fault')} not judged, {(time.monotonic() - begun) / times:.0f} s each"
                      + (f", failed: {', '.join(sorted(wrong))}" if wrong else ""), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve(), *map(int, sys.argv[3:4]), labs=tuple(sys.argv[4:]))
