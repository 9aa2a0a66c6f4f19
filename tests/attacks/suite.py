#!/usr/bin/env python3
"""usage: suite.py AREA BUILD GRADE RUNTIME [--tier TIER] [--only REGEX] [--rows FILE]

Grades every attack, some at a time, a good submission beside them; the next good one follows at once. After each group
nothing may be left and nothing changed. AREA is an empty folder; BUILD has the checks of the small course. Run it as
process 1 of throw-away mount, pid and ipc namespaces, or on a host below them: run.sh does. FILE gets a line of JSON for
each attack, which table.py makes a table of.
"""

import argparse
import itertools
import json
import re
import shutil
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import folders
from attack import Attack, Graded, grade, programs
from outside import LABS, Outside

AT_ONE_TIME = 3  # besides the good one


class Suite:
    def __init__(self, outside: Outside, tier: str):
        self.outside = outside
        self.tier = tier
        self.labs = itertools.cycle(LABS)
        self.failed: list[str] = []
        self.pool = ThreadPoolExecutor(AT_ONE_TIME + 1)

    def run(self, attacks: list[Attack]) -> list[tuple[Attack, Graded]]:
        done = []
        waiting = list(attacks)
        while waiting:
            group, waiting = waiting[:AT_ONE_TIME], waiting[AT_ONE_TIME:]
            done += self._run_group(group)
        return done

    def _run_group(self, group: list[Attack]) -> list[tuple[Attack, Graded]]:
        lab = next(self.labs)
        good = Attack("the good submission of " + lab, lab, "all", lambda folder, outside: None)
        entries = [(attack, self._lay(attack, f"hand-in-{number}")) for number, attack in enumerate(group)]
        entries.append((good, self._lay(good, "good")))
        before = self.outside.state()
        graded = list(self.pool.map(lambda entry: grade(self.outside, entry[0], entry[1]), entries))
        after = self.outside.state()
        changed = [f"{what}: {before[what]} became {after[what]}" for what in before if before[what] != after[what]]
        names = ", ".join(attack.name for attack in group)
        for (attack, _), result in zip(entries, graded):
            where = f" beside {names}" if attack is good else ""
            self._tell(attack.name + where, result)
        for change in changed:
            self.failed.append(f"after {names}")
            print(f"FAILED after {names}: {change}"[:2000], flush=True)
        return list(zip(group, graded))

    def _lay(self, attack: Attack, name: str) -> str:
        folder = self.outside.area / "in" / name
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.outside.area / "share/grade/reference" / LABS[attack.lab], folder)
        attack.lay(folder, self.outside)
        return name

    def _tell(self, name: str, result: Graded) -> None:
        if result.tier not in ("?", self.tier):
            result.problems.append(f"graded in the tier {result.tier}")
        for problem in result.problems:
            print(f"FAILED {name}: {problem}"[:2000], flush=True)
        if result.problems:
            self.failed.append(name)


def rows(tier: str, done: list[tuple[Attack, Graded]]) -> str:
    told = [
        {"attack": attack.name, "tries": attack.tries, "tier": tier, "gets": attack.gets, "why": attack.why,
         "well": not graded.problems, "seconds": graded.seconds}
        for attack, graded in done
    ]
    return "".join(json.dumps(row) + "\n" for row in told)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("area", "build", "grade", "runtime"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--tier", default="full", choices=("full", "container", "restricted"))
    parser.add_argument("--rows", type=Path)
    options = parser.parse_args()
    outside = Outside(options.area, options.build, options.grade, options.runtime)
    attacks = [each for each in programs(options.tier) + folders.attacks() if re.search(options.only, each.name)]
    begun = time.monotonic()
    suite = Suite(outside, options.tier)
    done = suite.run(attacks)
    if options.rows:
        options.rows.write_text(rows(options.tier, done))
    print(f"{len(done)} attacks, {len(suite.failed)} failures, {time.monotonic() - begun:.0f} s")
    return 1 if suite.failed or not done else 0


if __name__ == "__main__":
    sys.exit(main())
