"""Attacks: where they come from, what they should get, and how one is graded."""

import json
import os
import re
import stat
import subprocess
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

from outside import LABS, SECRET, Outside

HERE = Path(__file__).parent
CHECKS = {
    "sum": ["Sum.PrintsTheSum", "Sum.WritesTheResult", "Sum.LeavesNothingBehind"],
    "total": ["Total.AddsUp"],
    "count": ["Count.IsRightInEveryOrder"],
}
_LAB_OF_FAMILY = {"driver": "total", "threads": "count"}
# What it tries, what it gets, and what else in poorer tiers, why.
_HEAD = re.compile(r"// (.*)\n// gets: (.*)\n(?:// (below full|container|restricted): ([^,]*), (.*)\n)?")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]")


@dataclass
class Attack:
    """A submission and what it gets: all checks or none, some of them by their ids, or

    not built   its program does not build: none
    not stopped it got what this tier cannot refuse, and said so: none
    refused     no hand-in of this lab: a sentence and status 2, no report
    no verdict  the grader could not judge it, and says so to the instructor: status 3, and no points
    """

    name: str  # family/name
    lab: str
    gets: str  # in the tier that is tried
    lay: Callable[[Path, Outside], None]  # puts it into a folder that holds the reference
    tries: str = ""
    names_outside: bool = False  # in its own source, which compilers quote
    why: str = ""  # it gets something else than in the tier full
    at_home: bool = False  # graded where it lies, and the JUnit report left in its .grade

    def passes(self) -> list[str]:
        if self.gets == "all":
            return CHECKS[self.lab]
        return [word for word in self.gets.split() if "." in word]

    def status(self) -> int:
        return {"all": 0, "refused": 2, "no verdict": 3}.get(self.gets, 1)


@dataclass
class Graded:
    """What came of it: problems is empty if all is as it should be."""

    problems: list[str] = field(default_factory=list)
    seconds: float = 0
    tier: str = "?"
    passed: list[str] = field(default_factory=list)


def programs(tier: str) -> list[Attack]:
    """Those of programs/<family>/<name>.cpp."""
    return [_program(path, tier) for path in sorted((HERE / "programs").glob("*/*.cpp"))]


def _program(path: Path, tier: str) -> Attack:
    text = path.read_text(encoding="utf-8", errors="surrogateescape")
    tries, gets, tiers, there, why = _HEAD.match(text).groups()
    if tiers == tier or (tiers == "below full" and tier != "full"):
        gets = there
    else:
        why = ""
    family = path.parent.name
    lab = _LAB_OF_FAMILY.get(family, "sum")

    def lay(folder: Path, outside: Outside) -> None:
        parts = re.split(r"^// file: (\S+)\n", text, flags=re.M)
        named = list(zip(parts[1::2], parts[2::2])) or [(f"{lab}.cpp", text)]
        if lab == "sum":
            named += [("attack.h", (HERE / "attack.h").read_text()), ("canary.h", outside.header())]
        for name, content in named:
            (folder / name).write_text(content, encoding="utf-8", errors="surrogateescape")

    return Attack(f"{family}/{path.stem}", lab, gets, lay, tries, "OUTSIDE_" in text, why)


def grade(outside: Outside, attack: Attack, folder: str) -> Graded:
    """Grades in/<folder>; reports/ gets the reports."""
    graded = Graded()
    reports = {kind: outside.area / f"reports/{folder}.{kind}" for kind in ("json", "junit", "html")}
    for file in reports.values():
        file.unlink(missing_ok=True)
    where, home = outside.area, f"in/{folder}"
    if attack.at_home:
        where, home = where / home, "."
        reports["junit"] = where / f".grade/{LABS[attack.lab]}.junit.xml"
    # As a student calls it: a report names no path that nobody named.
    options = [f"--{kind}={os.path.relpath(file, where)}" for kind, file in reports.items() if ".grade" not in file.parts]
    begun = time.monotonic()
    done = subprocess.run(
        [os.path.relpath(outside.grade, where), LABS[attack.lab], home, *options, "--no-color", "--jobs", "1"],
        cwd=where, env=outside.environment(), stdin=subprocess.DEVNULL, capture_output=True, check=False,
    )
    graded.seconds = time.monotonic() - begun
    graded.problems += _judge_terminal(done)
    graded.problems += _judge_secrecy(outside, attack, done.stdout.decode(errors="replace"))
    if attack.gets == "refused":
        graded.problems += ["there is a report"] if any(file.is_file() for file in reports.values()) else []
    else:
        graded.problems += _judge_reports(outside, attack, reports, graded)
    if done.returncode != attack.status():
        graded.problems.append(f"status {done.returncode}, not {attack.status()}: {done.stderr.decode()[-500:]}")
    return graded


def _judge_reports(outside: Outside, attack: Attack, files: dict[str, Path], graded: Graded) -> list[str]:
    try:
        if not all(stat.S_ISREG(file.lstat().st_mode) for file in files.values()):
            return ["a report is no file"]
        texts = {kind: file.read_bytes().decode() for kind, file in files.items()}
        return (
            _judge_report(attack, json.loads(texts["json"]), graded)
            + _judge_junit(attack, texts["junit"])
            + _judge_page(texts["html"])
            + _judge_secrecy(outside, attack, "".join(texts.values()))
        )
    except (OSError, ValueError, ElementTree.ParseError) as error:
        return [f"no whole report: {error}"]


def _judge_page(text: str) -> list[str]:
    ElementTree.fromstring(text)
    found = _CONTROL.search(text)
    return [f"the page has {found.group()!r}"] if found else []


def _judge_terminal(done: subprocess.CompletedProcess) -> list[str]:
    try:
        found = _CONTROL.search(done.stdout.decode())
    except UnicodeDecodeError:
        return ["the terminal gets what is no text"]
    return [f"the terminal gets {found.group()!r}"] if found else []


def _judge_secrecy(outside: Outside, attack: Attack, text: str) -> list[str]:
    told = SECRET in text or (outside.area.name in text and not attack.names_outside)
    return ["the student is told of the machine"] if told else []


def _judge_report(attack: Attack, report: dict, graded: Graded) -> list[str]:
    graded.tier = report["isolation"]
    problems = [f"fault: {fault}" for fault in report["faults"]]
    if sorted(check["id"] for check in report["checks"]) != sorted(CHECKS[attack.lab]):
        problems.append("the report is not complete")
    graded.passed = sorted(check["id"] for check in report["checks"] if check["verdict"] == "passed")
    if graded.passed != sorted(attack.passes()):
        problems.append(f"passed {graded.passed}: {_reasons(report)}")
    if report["points"] != sum(check["max_points"] for check in report["checks"] if check["verdict"] == "passed"):
        problems.append(f"{report['points']} points")
    built = all(build["ok"] for build in report["builds"])
    if built == (attack.gets == "not built"):
        problems.append("it was built" if built else f"it was not built: {report['builds']}")
    if attack.gets != "not stopped" and "BREACH" in json.dumps(report):
        problems.append(f"breach: {_reasons(report)}")
    return problems


def _reasons(report: dict) -> str:
    told = []
    for check in report["checks"]:
        told += [f"{check['id']}: {failure['happened']} {failure['facts']}" for failure in check["failures"]]
        told += [check["output"][-300:]] if check["output"] else []
    return "; ".join(told)


def _judge_junit(attack: Attack, text: str) -> list[str]:
    root = ElementTree.fromstring(text)
    cases = [f'{case.get("classname")}.{case.get("name")}'.split(".", 1)[1] for case in root.findall(".//testcase")]
    wanted = [case for case in cases if not case.startswith("Build.")]
    return [] if sorted(wanted) == sorted(CHECKS[attack.lab]) else [f"the JUnit report has {cases}"]
