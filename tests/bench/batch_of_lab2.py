"""usage: batch_of_lab2.py ROOT GRADE [COUNT [JOBS]]: a batch of COUNT submissions of lab 2, beside compiling and running them bare.

The submissions are the reference, the lab's right and wrong ones, and mutants of the reference, each a file of its own, so
that nothing is graded for another. Bare means: g++ with the grader's flags, and the program with the arguments that the
lab's checks give it, watched by nobody. Processor time is that of all children, so that other work on the machine counts
little; how busy the processors are is told of the whole machine."""

import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

LAB = "lab02-reap"
FLAGS = ["-std=c++20", "-O1", "-g", "-Wall", "-Wextra", "-fno-omit-frame-pointer", "-fno-optimize-sibling-calls", "-pthread"]
RUNS = (
    [["waitall", str(n)] for n in (0, 1, 2, 3, 5, 5, 20, 20, 20, 20, 20, 255)]
    + [["nohang", str(n)] for n in (0, 1, 3, 20, 50, 50, 200)]
    + [["ignore", str(n)] for n in (0, 3, 5, 20, 20, 50, 50)]
    + [["twolevel"]] * 14 + [["orphan"]] * 8
    + [[], ["x"], ["waitall"], ["waitall", "3x"], ["waitall", "-1"], ["waitall", "256"], ["nohang", "-1"], ["ignore", ""]]
)
LONGEST_RUN = 5.0  # seconds; wrong submissions may never end
MUTATIONS = [(r"<=", "<"), (r"(?<![<>])<(?![<=>a-zA-Z])", "<="), (r"==", "!="), (r"\+ 1\b", "+ 2"), (r"WNOHANG", "0"),
             (r"\bcontinue;", "break;"), (r"&&", "||"), (r"\b1\b", "0"), (r"\bwhile\b", "if")]


@dataclass
class Cost:
    wall: float
    cpu: float  # seconds of all children
    busy: float  # share of the machine's processors, whoever used them


class Clock:
    """Measures what a stretch costs."""

    def __init__(self) -> None:
        self.wall, self.cpu, self.ticks = self.now()

    @staticmethod
    def now() -> tuple[float, float, tuple[int, int]]:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        ticks = [int(word) for word in Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:9]]
        return time.monotonic(), used.ru_utime + used.ru_stime, (sum(ticks), ticks[3] + ticks[4])

    def stop(self) -> Cost:
        wall, cpu, (total, idle) = self.now()
        passed = max(1, total - self.ticks[0])
        return Cost(wall - self.wall, cpu - self.cpu, 1 - (idle - self.ticks[1]) / passed)


def variants(root: Path) -> list[tuple[Path, Path | None, list[str]]]:
    """(base, overlay, files of the base to leave out) of the reference and of all right and wrong submissions."""
    reference = root / "reference" / LAB
    found: list[tuple[Path, Path | None, list[str]]] = [(reference, None, [])]
    for folder in sorted((root / "labs" / LAB).glob("right/*")) + sorted((root / "labs" / LAB).glob("wrong/*")):
        expect = folder / "expect.toml"
        told = tomllib.loads(expect.read_text(encoding="utf-8")) if expect.exists() else {}
        python = ["reap.cpp"] if (folder / "reap.py").exists() else []
        found.append((reference, folder, told.get("remove", python)))
    return found


def mutate(folder: Path, draw: random.Random) -> None:
    """Changes one place of one source file."""
    places = []
    for file in sorted(folder.glob("*.h")) + sorted(folder.glob("*.cpp")):
        text = file.read_text(encoding="utf-8")
        for pattern, replacement in MUTATIONS:
            places += [(file, match.span(), replacement) for match in re.finditer(pattern, text)
                       if not text[text.rfind("\n", 0, match.start()) + 1 : match.start()].lstrip().startswith(("#", "//"))]
    file, (begin, end), replacement = draw.choice(places)
    text = file.read_text(encoding="utf-8")
    file.write_text(text[:begin] + replacement + text[end:], encoding="utf-8")


def hand_in(root: Path, folder: Path, count: int) -> None:
    draw = random.Random(count)
    known = variants(root)
    for number in range(count):
        base, overlay, removed = known[number % len(known)] if number % 2 == 0 else known[0]
        mine = folder / f"student{number:03}"
        shutil.copytree(base, mine, ignore=shutil.ignore_patterns(*removed))
        if overlay is not None:
            shutil.copytree(overlay, mine, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expect.toml"))
        if number % 2 == 1:
            mutate(mine, draw)
        program = next(mine.glob("reap.py"), mine / "reap.cpp")
        with program.open("a", encoding="utf-8") as source:
            source.write(f"{'#' if program.suffix == '.py' else '//'} hand-in {number}\n")


def compile_bare(hand_ins: list[Path], out: Path) -> list[list[str]]:
    """The commands of those that compile."""
    commands = []
    for folder in hand_ins:
        if (folder / "reap.py").exists():
            commands.append([sys.executable, str(folder / "reap.py")])
            continue
        program = out / folder.name
        built = subprocess.run(["g++", *FLAGS, "-o", program, folder / "reap.cpp"], capture_output=True, check=False)
        if built.returncode == 0:
            commands.append([str(program)])
    return commands


def run_bare(commands: list[list[str]]) -> None:
    for command in commands:
        for words in RUNS:
            program = subprocess.Popen([*command, *words], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL, start_new_session=True)
            try:
                program.wait(LONGEST_RUN)
            except subprocess.TimeoutExpired:
                os.killpg(program.pid, 9)
                program.wait()


def main(root: Path, grade: Path, count: int = 48, jobs: int | None = None) -> None:
    jobs = jobs or len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory(prefix="grade-bench-") as scratch:
        folder = Path(scratch)
        (folder / "in").mkdir()
        hand_in(root, folder / "in", count)
        load = os.getloadavg()[0]
        clock = Clock()
        command = [grade, "batch", "lab2", folder / "in", "--out", folder / "out", "--jobs", str(jobs), "--seed", "1"]
        told = subprocess.run(command, env=os.environ | {"XDG_CACHE_HOME": str(folder / "cache")}, cwd=folder, text=True,
                              capture_output=True, check=False)
        batch = clock.stop()
        if told.returncode != 0:
            sys.exit(f"the batch ended with {told.returncode}:\n{told.stdout}{told.stderr}")
        hand_ins = sorted((folder / "in").iterdir())
        (folder / "bare").mkdir()
        clock = Clock()
        commands = compile_bare(hand_ins, folder / "bare")
        compiled = clock.stop()
        clock = Clock()
        run_bare(commands)
        ran = clock.stop()
        show(count, jobs, load, {"batch": batch, "compiled": compiled, "ran": ran})


def show(count: int, jobs: int, load: float, cost: dict[str, Cost]) -> None:
    batch, compiled, ran = cost["batch"], cost["compiled"], cost["ran"]
    bare = compiled.cpu + ran.cpu
    print(f"{count} submissions, {jobs} at one time, a load of {load:.1f} before")
    print(f"  {count * 60 / batch.wall:.1f} a minute; the processors were {batch.busy:.0%} busy, with all that ran")
    print(f"  processor time of the batch  {batch.cpu:8.1f} s  ({batch.cpu / count:.2f} s each)")
    print(f"  bare: compiling              {compiled.cpu:8.1f} s  {compiled.cpu / batch.cpu:5.0%} of the batch's")
    print(f"  bare: running                {ran.cpu:8.1f} s  {ran.cpu / batch.cpu:5.0%}")
    print(f"  grader: watching, judging    {batch.cpu - bare:8.1f} s  {(batch.cpu - bare) / batch.cpu:5.0%}")
    print(f"  batch : bare                 {batch.cpu / bare:8.2f} x")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *(int(word) for word in sys.argv[3:]))
