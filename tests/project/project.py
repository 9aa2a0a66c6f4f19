#!/usr/bin/env python3
"""usage: project.py RULE ROOT: names each place below ROOT that breaks the rule; status 1 if there is one, 77 if the
rule cannot be tried here."""

import sys
from pathlib import Path

from calls import sleeps, system_calls
from documents import links, machine_paths, readme
from layering import layering
from promises import promises
from sizes import sizes
from tools import ToolMissing, formatting, scripts
from tree import Tree

RULES = {
    rule.__name__: rule
    for rule in (layering, system_calls, sleeps, links, readme, machine_paths, promises, sizes, formatting, scripts)
}


def main(rule: str, root: str) -> int:
    try:
        violations = list(RULES[rule](Tree(Path(root))))
    except ToolMissing as missing:
        print(f"skipped: {missing} is not installed")
        return 77
    for violation in violations:
        print(violation)
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
