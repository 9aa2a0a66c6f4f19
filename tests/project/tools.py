"""What other programs say about the sources. Such a program may be missing at a desk, never in CI."""

import os
import re
import shutil
import subprocess
from typing import Iterator

from tree import CPP, Tree, Violation


class ToolMissing(Exception):
    """The rule cannot be tried here."""


def _tool(name: str) -> str:
    path = shutil.which(name)
    if path:
        return path
    if os.environ.get("CI"):
        raise FileNotFoundError(f"{name} is missing; cmake/packages-test.txt lists what CI needs")
    raise ToolMissing(name)


def formatting(tree: Tree) -> Iterator[Violation]:
    """clang-format has nothing to change in our own C++. The labs' right and wrong submissions keep their styles."""
    paths = tree.paths("grader", "tests", "labs", "reference", "skeletons")
    files = [path for path in paths if path.endswith(CPP) and not re.match(r"labs/[^/]+/(right|wrong)/", path)]
    if not files:
        return
    done = subprocess.run(
        [_tool("clang-format"), "--dry-run", *files], cwd=tree.root, stderr=subprocess.PIPE, text=True, check=False
    )
    for path, line in re.findall(r"^(\S+?):(\d+):\d+: warning: code should be clang-formatted", done.stderr, re.M):
        yield Violation(path, int(line), "clang-format would change this")


def scripts(tree: Tree) -> Iterator[Violation]:
    """shellcheck has nothing to say about our scripts."""
    files = [f.path for f in tree.files() if f.path.endswith(".sh") or re.match(r"#!.*\b(ba)?sh\b", f.text)]
    done = subprocess.run(
        [_tool("shellcheck"), "--external-sources", "--format=gcc", *files],
        cwd=tree.root, stdout=subprocess.PIPE, text=True, check=False,
    )
    for path, line, text in re.findall(r"^(.+?):(\d+):\d+: (.*)$", done.stdout, re.M):
        yield Violation(path, int(line), text)
