"""Each promise of docs/security.md names tests that prove it, and those are there."""

import re
from typing import Iterator

from tree import SourceFile, Tree, Violation

DOCUMENT = "docs/security.md"
_TEST = re.compile(r"TEST(?:_F|_P)?\(\s*(\w+)\s*,\s*(\w+)\s*\)")
_ATTACK = re.compile(r"^def ([a-z]\w*)\(folder", re.MULTILINE)
_NAME = re.compile(r"`([\w/.]+)`")


def _sections(file: SourceFile) -> dict[str, list[tuple[int, str]]]:
    """The lines under each heading."""
    found: dict[str, list[tuple[int, str]]] = {}
    lines: list[tuple[int, str]] = []
    for number, line in file.lines():
        if heading := re.match(r"#+ (.*)", line):
            lines = found.setdefault(heading.group(1), [])
        else:
            lines.append((number, line))
    return found


def _rows(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str, str]]:
    """First and last cells of a table's rows, without its head."""
    rows = [(number, line.strip("| ").split(" | ")) for number, line in lines if line.startswith("|")]
    for number, cells in rows[2:]:
        yield number, cells[0], cells[-1]


def _promises(sections: dict[str, list[tuple[int, str]]]) -> Iterator[tuple[int, str]]:
    """Bullets and the sentence after them; rows of facilities and of system calls."""
    lines = sections.get("Promises", [])
    for (_, before), (number, line) in zip([(0, "")] + lines, lines):
        if line.startswith("- "):
            yield number, line.removeprefix("- ")
        elif line and not before and number != lines[1][0]:
            yield number, line
    for title in ("Facilities", "System calls"):
        for number, first, _ in _rows(sections.get(title, [])):
            yield number, first


def _tests(tree: Tree) -> set[str]:
    names = set()
    for file in tree.files("tests", suffixes=(".cc", ".py")):
        names |= {f"{suite}.{name}" for suite, name in _TEST.findall(file.text)}
        if file.path == "tests/attacks/folders.py":
            names |= {f"folder/{name}" for name in _ATTACK.findall(file.text)}
    programs = "tests/attacks/programs/"
    found = (path for path in tree.paths("tests") if path.startswith(programs))
    return names | {path.removeprefix(programs).removesuffix(".cpp") for path in found}


def promises(tree: Tree) -> Iterator[Violation]:
    """Every promise, facility and refused call of the document has a row of proofs, whose tests exist."""
    document = next((file for file in tree.files("docs") if file.path == DOCUMENT), None)
    if document is None:
        return
    sections = _sections(document)
    proofs = list(_rows(sections.get("Proofs", [])))
    promised = list(_promises(sections))
    for number, promise in promised:
        if not any(promise.startswith(first) for _, first, _ in proofs):
            yield Violation(DOCUMENT, number, f"no test is named for: {promise}")
    known = _tests(tree)
    for number, first, last in proofs:
        if not any(promise.startswith(first) for _, promise in promised):
            yield Violation(DOCUMENT, number, f"nothing is promised that begins with: {first}")
        names = _NAME.findall(last)
        if not names:
            yield Violation(DOCUMENT, number, "no test is named")
        for name in names:
            if name not in known:
                yield Violation(DOCUMENT, number, f"there is no test {name}")
