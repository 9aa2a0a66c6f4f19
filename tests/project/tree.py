"""The project's files as the rules see them."""

import re
from pathlib import Path
from typing import Iterator, NamedTuple

# What belongs to the project; builds, caches and students' folders beside it do not.
TOP_FOLDERS = (".ci", "cmake", "docs", "grader", "labs", "reference", "skeletons", "tests")
IGNORED_FOLDERS = {"__pycache__", "build", ".grade", ".cache"}

CPP = (".cc", ".h", ".cpp", ".hpp")


class Violation(NamedTuple):
    """A place that breaks a rule."""

    path: str  # relative to the root
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


class SourceFile(NamedTuple):
    path: str  # relative to the root, with slashes
    text: str

    def lines(self) -> Iterator[tuple[int, str]]:
        return enumerate(self.text.splitlines(), start=1)

    def code_lines(self) -> Iterator[tuple[int, str]]:
        """Lines without C++ comments and without what string and character literals hold."""
        return enumerate(without_comments_and_strings(self.text).splitlines(), start=1)


class Tree:
    """A checkout of the project."""

    def __init__(self, root: Path):
        self.root = root

    def paths(self, *folders: str) -> list[str]:
        """All files below the folders, or of the whole project, relative to the root, sorted."""
        found = [] if folders else [p.name for p in self.root.iterdir() if p.is_file()]
        for folder in folders or TOP_FOLDERS:
            for path in (self.root / folder).rglob("*"):
                relative = path.relative_to(self.root)
                if path.is_file() and not IGNORED_FOLDERS & set(relative.parts):
                    found.append(relative.as_posix())
        return sorted(found)

    def files(self, *folders: str, suffixes: tuple[str, ...] = ()) -> Iterator[SourceFile]:
        """The text files among paths(), all or those with one of the suffixes."""
        for path in self.paths(*folders):
            if suffixes and not path.endswith(suffixes):
                continue
            try:
                yield SourceFile(path, (self.root / path).read_text(encoding="utf-8"))
            except UnicodeDecodeError:
                continue  # not text


_COMMENT_OR_LITERAL = re.compile(
    r"""//[^\n]*
      | /\*.*?\*/
      | R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)"
      | "(?:\\.|[^"\\\n])*"
      | (?<![0-9a-fA-F])'(?:\\.|[^'\\\n])*'   # a quote after a digit separates digits
    """,
    re.DOTALL | re.VERBOSE,
)


def without_comments_and_strings(text: str) -> str:
    return _COMMENT_OR_LITERAL.sub(lambda found: "\n" * found.group().count("\n") or " ", text)
