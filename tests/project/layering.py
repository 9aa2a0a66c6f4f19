"""Dependencies between the folders of grader/ point one way (docs/architecture.md)."""

import re
from typing import Iterator

from tree import CPP, Tree, Violation

# What each folder may use besides itself. Whoever may use a folder may use all that this one uses.
BELOW = {
    "os": set(),
    "sandbox": {"os"},
    "observe": {"sandbox"},
    "build": {"observe"},
    "schedule": {"build"},
    "clients": {"observe"},
    "checks": {"clients", "schedule", "build"},
    "report": {"checks"},
    "course": {"os"},
    "batch": {"course", "report"},
    "lms": {"batch"},
    "cli": {"lms"},
}

_INCLUDE = re.compile(r'^\s*#\s*include\s+["<](?:\.\./)*(?:grader/)?([a-z_]+)/[^">]+[">]')
_LINK = re.compile(r"\bgrader(?:::|_)([a-z]+)\b")


def reachable(folder: str) -> set[str]:
    """The folder and all that it may use."""
    return {folder}.union(*(reachable(below) for below in BELOW[folder]))


def _judge(path: str, line: int, user: str, used: str) -> Iterator[Violation]:
    if used in BELOW and used not in reachable(user):
        yield Violation(path, line, f"grader/{user} must not use grader/{used}")


def layering(tree: Tree) -> Iterator[Violation]:
    """Includes and CMake links of grader/ and of the labs' checks."""
    for file in tree.files("grader", "labs", suffixes=CPP + ("CMakeLists.txt",)):
        top, folder = file.path.split("/")[:2]
        user = folder if top == "grader" else "checks"
        if top == "labs" and "/checks/" not in file.path:
            continue  # submissions and probes have no part in this
        if user not in BELOW:
            yield Violation(file.path, 1, f"grader/{folder} has no place in the order of tests/project/layering.py")
            continue
        for number, line in file.lines():
            if file.path.endswith("CMakeLists.txt"):
                for used in _LINK.findall(line.split("#")[0]):
                    yield from _judge(file.path, number, user, used)
            elif found := _INCLUDE.match(line):
                yield from _judge(file.path, number, user, found.group(1))
