"""usage: bank.py check|found|table SEARCH RUNTIME [NAME...]: the bank of small programs, buggy and correct, and what finds their bugs.

check: every bug is found in a thousand schedules, no correct program is accused in a hundred. For CTest; without names it
takes every second program, since compiling all would take minutes.
found: the same with many seeds and schedules, as a table for the docs.
table: this beside ThreadSanitizer, Helgrind and plain runs."""

import concurrent.futures
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple, Optional

HERE = Path(__file__).resolve().parent
FIRST_LINE = re.compile(r"// find: (?P<words>[a-z|-]+)(?: \((?P<note>[^)]*)\))?\. (?P<what>.+)")

COMMON = ["g++", "-std=c++20", "-O1", "-g", "-pthread", "-D_GLIBCXX_USE_POSIX_SEMAPHORE"]
# As grader/build compiles scheduled programs.
SCHEDULED = [*COMMON, "-fno-pie", "-fsanitize=thread", "-Wno-tsan", "-fno-builtin-memcpy", "-fno-builtin-memset",
             "-fno-omit-frame-pointer", "-fno-optimize-sibling-calls"]

PLAIN_RUNS = 200
TOOL_RUNS = 5
HANGS_AFTER = 10  # seconds; a deadlock of a plain run is seen by that only


class Program(NamedTuple):
    path: Path
    words: tuple[str, ...]  # what may be found; "nothing" of a correct one
    note: str
    what: str

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def has_bug(self) -> bool:
        return self.words != ("nothing",)


def load(wanted: list[str]) -> list[Program]:
    programs = []
    for path in sorted(HERE.glob("buggy/*.cpp")) + sorted(HERE.glob("correct/*.cpp")):
        line = path.read_text(encoding="utf-8").splitlines()[0]
        match = FIRST_LINE.fullmatch(line)
        if match is None:
            sys.exit(f"{path}:1: no `// find: WORDS. WHAT.`")
        if not wanted or path.stem in wanted:
            programs.append(Program(path, tuple(match["words"].split("|")), match["note"] or "", match["what"]))
    return programs


class Builder:
    """Compiles the programs in a folder of its own, with one precompiled header for each set of flags."""

    def __init__(self, folder: Path, runtime: Path):
        self.folder = folder
        self.runtime = runtime

    def _header(self, kind: str, flags: list[str]) -> Path:
        folder = self.folder / kind
        folder.mkdir()
        shutil.copy(HERE / "everything.h", folder)
        subprocess.run([*flags, "-x", "c++-header", folder / "everything.h"], check=True)
        return folder / "everything.h"

    def build(self, kind: str, programs: list[Program]) -> dict[str, Path]:
        flags = {"scheduled": SCHEDULED, "plain": COMMON, "tsan": [*COMMON, "-fsanitize=thread"]}[kind]
        header = self._header(kind, flags)

        def one(program: Program) -> tuple[str, Path]:
            binary = self.folder / kind / f"{program.path.parent.name}-{program.name}"
            if kind != "scheduled":
                subprocess.run([*flags, "-include", header, program.path, "-o", binary], check=True)
                return program.path.as_posix(), binary
            part = f"{binary}.o"
            subprocess.run([*flags, "-include", header, "-c", program.path, "-o", part], check=True)
            # By its name alone: inside the sandbox it stands elsewhere.
            subprocess.run(["g++", "-no-pie", "-pthread", part, "-o", binary, "-Wl,--no-as-needed", f"-L{self.runtime.parent}",
                            f"-l:{self.runtime.name}", "-Wl,--as-needed", "-Wl,-rpath,/runtime"], check=True)
            return program.path.as_posix(), binary

        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            return dict(pool.map(one, programs))


class Search:
    """The programs under the controlled scheduler."""

    def __init__(self, tool: Path, runtime: Path, binaries: dict[str, Path]):
        self.tool, self.runtime, self.binaries = tool, runtime, binaries

    def _ask(self, program: Program, *words) -> dict:
        command = [self.tool, self.runtime, self.binaries[program.path.as_posix()], *map(str, words)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            return {"found": [], "error": done.stderr.strip(), "schedules_per_second": 0}
        return json.loads(done.stdout)

    def first_findings(self, program: Program, seeds: int, schedules: int) -> dict:
        return self._ask(program, seeds, schedules)

    def differing(self, program: Program, times: int, schedules: int = 1) -> int:
        return self._ask(program, times, schedules, "same").get("differing", times)


def complaint(program: Program, told: dict) -> Optional[str]:
    """What is wrong with the answers, if anything."""
    if "error" in told:
        return told["error"]
    for seed, found in enumerate(told["found"], start=1):
        words = set(found.get("words", []))
        if not program.has_bug and words:
            return f"seed {seed}, schedule {found['schedule']}: a false alarm: {', '.join(sorted(words))}"
        if program.has_bug and not words:
            return f"seed {seed}: nothing found"
        if program.has_bug and not words & set(program.words):
            return f"seed {seed}, schedule {found['schedule']}: found {', '.join(sorted(words))}, not {'|'.join(program.words)}"
    return None


def check(programs: list[Program], search: Search) -> int:
    def one(program: Program) -> Optional[str]:
        told = search.first_findings(program, 1, 1000 if program.has_bug else 100)
        problem = complaint(program, told)
        return f"{program.path.parent.name}/{program.path.name}: {problem}" if problem else None

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        problems = [problem for problem in pool.map(one, programs) if problem]
    for problem in problems:
        print(problem)
    print(f"{len(programs)} programs, {len(problems)} wrong verdicts")
    return 1 if problems else 0


def ends_badly(command: list) -> bool:
    try:
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=HANGS_AFTER, check=False)
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def share(bad: int, runs: int) -> str:
    return f"{bad}/{runs}" if bad else "–"


def rivals(program: Program, plain: Path, tsan: Path) -> dict[str, str]:
    """In how many runs each of the others says that something is wrong. Who hangs three times hangs."""

    def runs(command: list, times: int) -> str:
        bad = hung = done = 0
        for _ in range(times):
            done += 1
            if ends_badly(command):
                bad += 1
                hung += 1
            if hung >= 3 and done >= 3:
                break
        return share(bad, done)

    helgrind = ["valgrind", "--tool=helgrind", "--error-exitcode=99", "-q", plain]
    return {
        "plain": runs([plain], PLAIN_RUNS),
        "tsan": runs([tsan], TOOL_RUNS),
        "helgrind": runs(helgrind, 1) if shutil.which("valgrind") else "?",
    }


RIVALS = {"tsan": "TSan", "helgrind": "Helgrind", "plain": "plain"}


def row(program: Program, told: dict, others: dict[str, str]) -> str:
    found = [each["schedule"] for each in told["found"] if each.get("words")]
    words = sorted({word for each in told["found"] for word in each.get("words", [])})
    mean = f"{statistics.mean(found):.1f}" if found else ""
    most = str(max(found)) if found else ""
    seeds = len(told["found"])
    cells = [program.name.replace("_", " "), "|".join(program.words).replace("|", ", "), f"{len(found)}/{seeds}", mean, most,
             ", ".join(words), *(others[name] for name in RIVALS if name in others)]
    return "| " + " | ".join(cells) + " |"


def table(programs: list[Program], search: Search, builder: Optional[Builder]) -> int:
    """Without a builder of the rivals' programs, without the rivals."""
    seeds, schedules, clean = (int(os.environ.get(name, usual)) for name, usual in
                               (("SEEDS", 20), ("SCHEDULES", 1000), ("CLEAN_SCHEDULES", 1500)))
    plain, tsan = (builder.build("plain", programs), builder.build("tsan", programs)) if builder else ({}, {})
    speeds, problems = [], []
    wrong_by = dict.fromkeys(RIVALS if builder else (), 0)
    buggy = [program for program in programs if program.path.parent.name == "buggy"]
    columns = ["program", "bug", "found", "mean", "most", "as", *(RIVALS[name] for name in wrong_by)]
    print(f"| {' | '.join(columns)} |\n{'|---' * len(columns)}|")
    for program in programs:
        is_buggy = program.path.parent.name == "buggy"
        told = search.first_findings(program, seeds if program.has_bug else 1, schedules if program.has_bug else clean)
        path = program.path.as_posix()
        others = rivals(program, plain[path], tsan[path]) if builder else {}
        speeds.append(told["schedules_per_second"])
        if problem := complaint(program, told):
            problems.append(f"{program.path.parent.name}/{program.name}: {problem}")
        for name, runs in others.items():
            wrong_by[name] += (runs == "–") == is_buggy if program.has_bug or not is_buggy else 0
        if is_buggy or any(others.get(name, "–") != "–" for name in ("tsan", "helgrind")):
            print(row(program, told, others), flush=True)
    print(f"\n{len(buggy)} buggy and {len(programs) - len(buggy)} correct programs; wrong verdicts: "
          + ", ".join([f"{len(problems)} here", *(f"{count} by {RIVALS[name]}" for name, count in wrong_by.items())]))
    print(f"schedules per second: median {statistics.median(speeds):.0f}, from {min(speeds):.0f} to {max(speeds):.0f}")
    differing = sum(search.differing(program, 1000) for program in programs[:3])
    print(f"runs of one schedule that differed: {differing} of 3000")
    print("\n".join(problems))
    return 1 if problems else 0


def main(mode: str, tool: str, runtime: str, *wanted: str) -> int:
    programs = load(list(wanted))
    if mode == "check" and not wanted:
        programs = programs[::2]
    with tempfile.TemporaryDirectory(prefix="schedule-bank-") as scratch:
        builder = Builder(Path(scratch), Path(runtime))
        search = Search(Path(tool), Path(runtime), builder.build("scheduled", programs))
        if mode == "check":
            return check(programs, search)
        return table(programs, search, builder if mode == "table" else None)


if __name__ == "__main__":
    if len(sys.argv) < 4 or sys.argv[1] not in ("check", "found", "table"):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
