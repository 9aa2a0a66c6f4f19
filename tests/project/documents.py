"""What the documents promise is there."""

import re
from pathlib import PurePosixPath
from typing import Iterator

from tree import SourceFile, Tree, Violation

_FENCE = re.compile(r"^\s*(```|~~~)")
_INLINE_CODE = re.compile(r"`[^`]*`")
_LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$")
_COMMANDS = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)
_MACHINE_PATH = re.compile(r"/work/(?:main|shared)\b|/tmp/build-")
_HOME = re.compile(r"/home/[a-z]|/Users/")  # tests may make up somebody's


def _prose(file: SourceFile) -> Iterator[tuple[int, str]]:
    """Numbered lines outside code blocks."""
    in_code = False
    for number, line in file.lines():
        if _FENCE.match(line):
            in_code = not in_code
        elif not in_code:
            yield number, line


def _anchors(file: SourceFile) -> set[str]:
    """What #fragments of a Markdown file there are, as the usual hosts make them of headings."""
    headings = (found.group(1) for _, line in _prose(file) if (found := _HEADING.match(line)))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links(tree: Tree) -> Iterator[Violation]:
    """Each relative link of a document leads to a file, and to a heading of it."""
    documents = {file.path: file for file in tree.files(suffixes=(".md",))}
    for file in documents.values():
        for number, line in _prose(file):
            for target in _LINK.findall(_INLINE_CODE.sub("", line)):
                if re.match(r"[a-z]+:", target):
                    continue
                path, _, anchor = target.partition("#")
                parts = (PurePosixPath(file.path).parent / path) if path else PurePosixPath(file.path)
                place = (tree.root / parts).resolve()
                if not place.exists():
                    yield Violation(file.path, number, f"{target} is not there")
                    continue
                to = documents.get(place.relative_to(tree.root.resolve()).as_posix())
                if anchor and to and anchor not in _anchors(to):
                    yield Violation(file.path, number, f"{target}: no such heading")


def readme(tree: Tree) -> Iterator[Violation]:
    """README's first code block is two commands, and what they name exists."""
    text = (tree.root / "README.md").read_text(encoding="utf-8")
    block = _COMMANDS.search(text)
    commands = block.group(1).splitlines() if block else []
    if len(commands) != 2:
        yield Violation("README.md", 1, f"its first code block is to hold two commands, not {len(commands)}")
    for command in commands:
        line = text[: text.index(command)].count("\n") + 1
        program, *arguments = command.split()
        if not (tree.root / program).is_file() or not (tree.root / program).stat().st_mode & 0o111:
            yield Violation("README.md", line, f"{program} is no program of this repository")
        for argument in arguments:
            if "/" in argument and not (tree.root / argument).exists():
                yield Violation("README.md", line, f"{argument} is not there")


def machine_paths(tree: Tree) -> Iterator[Violation]:
    """No file names a path of the machine it was written on."""
    for file in tree.files():
        if file.path.startswith("tests/project/"):
            continue
        for number, line in file.lines():
            found = _MACHINE_PATH.search(line)
            if not found and not file.path.startswith("tests/"):
                found = _HOME.search(line)
            if found:
                yield Violation(file.path, number, f"{found.group()}… is a path of somebody's machine")
