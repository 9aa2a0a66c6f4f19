"""usage: report.py ROOT BUILD [NAME...]: runs the benchmarks built in BUILD and prints medians and ratios.

Variants of one family are run alternately, so that a machine that is busy for a while slows all of them."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Callable

import batch_of_lab2
import detection_of_labs
import fair_under_load
import http_beside_nginx
import references

REPETITIONS = 7
OTHERS = ("tiers", "grading", "detection", "labs", "schedule", "http", "batch", "load", "references")  # besides the executables


def google_benchmark(program: Path, through: tuple[str | Path, ...] = (), only: str = ".") -> dict[str, list[float]]:
    """Runs one executable, by a launcher if one is given; milliseconds per repetition of each benchmark."""
    done = subprocess.run(
        [*through, program, "--benchmark_enable_random_interleaving=true", f"--benchmark_repetitions={REPETITIONS}",
         "--benchmark_min_time=0.05", f"--benchmark_filter={only}", "--benchmark_format=json"],
        check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )
    found = json.loads(done.stdout)
    unit = {"ns": 1e-6, "us": 1e-3, "ms": 1.0, "s": 1e3}
    times: dict[str, list[float]] = {}
    for run in sorted(found["benchmarks"], key=lambda run: run["family_index"]):
        if run.get("run_type") == "iteration":
            name = run["run_name"].split("/real_time")[0]
            times.setdefault(name, []).append(run["real_time"] * unit[run["time_unit"]])
    return times


def tiers(build: Path) -> None:
    """Launches on this host and on two that have no namespaces, where bubblewrap and firejail cannot work."""
    launch = build / "bench/sandbox-bench"
    show(google_benchmark(launch))
    for host in ("container", "ordinary"):
        print(f"-- {host} host", flush=True)
        show(google_benchmark(launch, (build / "tests/sandbox/hosts/sandbox-host", host), only="bare|sandbox"))


def alternately(variants: dict[str, Callable[[], None]], repetitions: int = REPETITIONS) -> dict[str, list[float]]:
    """Times each variant so often, in turn; milliseconds."""
    times: dict[str, list[float]] = {name: [] for name in variants}
    for _ in range(repetitions):
        for name, run in variants.items():
            begin = time.perf_counter()
            run()
            times[name].append((time.perf_counter() - begin) * 1e3)
    return times


def grading(root: Path, build: Path) -> dict[str, list[float]]:
    """Whole commands on a built tree: starting, and grading the reference of lab2 with and without compiling it."""
    program = build / "grader/cli/grade"
    with tempfile.TemporaryDirectory(prefix="grade-bench-") as scratch:
        (Path(scratch) / "release").symlink_to(build)  # what the launcher is to find, and to find fresh
        environment = os.environ | {"GRADE_BUILD_DIR": scratch}
        submission = Path(scratch) / "lab02-reap"
        shutil.copytree(root / "reference/lab02-reap", submission)

        def call(*words, status: int = 0) -> None:
            done = subprocess.run(words, env=environment, cwd=scratch, capture_output=True, text=True, check=False)
            if done.returncode != status:
                sys.exit(f"{words} ended with {done.returncode}:\n{done.stdout}{done.stderr}")

        def edit_and_grade() -> None:
            with (submission / "reap.cpp").open("a", encoding="utf-8") as source:
                source.write("// another edit\n")
            call(program, "lab2", submission)

        times = alternately({
            "Start/bare": lambda: call(program, "--version"),
            "Start/launcher": lambda: call(root / "grade", "--version"),
        }, 20)
        times |= alternately({
            "GradeLab2/first": edit_and_grade,
            "GradeLab2/again": lambda: call(program, "lab2", submission),
        })
        print(breakdown(program, submission, environment))
        return times


def breakdown(program: Path, submission: Path, environment: dict[str, str]) -> str:
    """What --verbose says about where the time goes, after an edit."""
    with (submission / "reap.cpp").open("a", encoding="utf-8") as source:
        source.write("// one more\n")
    command = [program, "lab2", submission, "--verbose"]
    shown = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout
    return shown[shown.index("\nTIME") :]


def show(times: dict[str, list[float]]) -> None:
    families: dict[str, list[str]] = {}
    for name in times:
        families.setdefault(name.split("/")[0], []).append(name)
    for names in families.values():
        base = next((name for name in names if name.endswith("/bare")), names[0])
        for name in names:
            median = statistics.median(times[name])
            ratio = median / statistics.median(times[base])
            print(f"{name:<34} {median:10.2f} ms {ratio:8.2f} x   ({min(times[name]):.2f} to {max(times[name]):.2f})")


def main(root: Path, build: Path, *wanted: str) -> None:
    programs = {path.name: path for path in sorted((build / "bench").glob("*-bench"))}
    for name in wanted:
        if name not in programs and name not in OTHERS:
            sys.exit(f"no benchmark {name}; there are {', '.join([*programs, *OTHERS])}")
    for name in wanted or [*programs, *OTHERS]:
        print(f"== {name}", flush=True)
        if name == "detection":
            subprocess.run([build / "bench/detection"], check=True)
            continue
        if name == "schedule":
            subprocess.run([sys.executable, "-B", root / "tests/bench/schedule/bank.py", "table", build / "bench/schedule-search",
                            build / "lib/grade/libgrade_schedule.so"], check=True)
            continue
        if name == "tiers":
            tiers(build)
            continue
        if name == "labs":
            detection_of_labs.main(root, build / "grader/cli/grade")
            continue
        if name == "batch":
            batch_of_lab2.main(root, build / "grader/cli/grade")
            continue
        if name == "load":
            fair_under_load.main(root, build / "grader/cli/grade")
            continue
        if name == "references":
            references.main(root, build / "grader/cli/grade")
            continue
        if name == "http":
            http_beside_nginx.main(root)
            continue
        show(grading(root, build) if name == "grading" else google_benchmark(programs[name]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
