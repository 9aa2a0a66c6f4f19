"""Which functions may be called where."""

import re
from typing import Iterator

from tree import CPP, Tree, Violation

# Unqualified or in the global namespace: functions of ours are spelt in UpperCamel. A word before it makes it a
# declaration, unless that word is a statement's.
_RAW = re.compile(
    r"(?:(?<![\w.>:])(?<![\w>&*] )|(?<=\breturn )|(?<=\belse )|(?<=\bdo ))(?:::)?"
    r"(syscall|ptrace|wait|waitpid|wait3|wait4|waitid|kill|tgkill|close|fork|vfork)\s*\("
)

_SLEEP = re.compile(r"\b(sleep_for|sleep_until|usleep|nanosleep|clock_nanosleep|sleep)\s*\(")
_SLEEP_SHELL = re.compile(r"^\s*sleep\s+[0-9.]")

# Little programs that are watched, tests/*/programs/, may sleep as they like.
_WATCHED = re.compile(r"tests/[^/]+/programs/")

# A comment with these words, on the line, at most two lines above it, or in the first lines of a file (for all of it),
# says that the sleep is the thing under test and not a way to wait for something.
MARK = "sleep under test"
_HEADER_LINES = 8


def system_calls(tree: Tree) -> Iterator[Violation]:
    """Raw system calls that own or end something stand in grader/os only."""
    for file in tree.files("grader", suffixes=CPP):
        if file.path.startswith("grader/os/"):
            continue
        for number, line in file.code_lines():
            if found := _RAW.search(line):
                yield Violation(file.path, number, f"{found.group(1)}() belongs in grader/os")


def sleeps(tree: Tree) -> Iterator[Violation]:
    """Nothing waits by sleeping."""
    for file in tree.files("grader", "tests", suffixes=CPP + (".py", ".sh", "/run")):
        if file.path.startswith("tests/project/") or _WATCHED.match(file.path):
            continue
        originals = file.text.splitlines()
        if any(MARK in line for line in originals[:_HEADER_LINES]):
            continue
        in_cpp = file.path.endswith(CPP)
        for number, line in file.code_lines() if in_cpp else file.lines():
            if not (_SLEEP.search(line) or (not in_cpp and _SLEEP_SHELL.match(line))):
                continue
            if not any(MARK in near for near in originals[max(0, number - 3) : number]):
                yield Violation(file.path, number, f"waits by sleeping; wait for an event, or say '{MARK}: why'")
