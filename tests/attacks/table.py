#!/usr/bin/env python3
"""usage: table.py ROWS...: what attacks got in each tier, as suite.py --rows told, as one table."""

import json
import sys
from pathlib import Path

TIERS = ("full", "container", "restricted")


def main() -> int:
    attacks: dict[str, dict[str, dict]] = {}
    for file in sys.argv[1:]:
        for line in Path(file).read_text().splitlines():
            row = json.loads(line)
            attacks.setdefault(row["attack"], {})[row["tier"]] = row
    print("| attack | what it tries | " + " | ".join(TIERS) + " | nothing left, report whole, others unharmed | seconds |")
    print("|---|---|---|---|---|---|---|")
    for name, tiers in sorted(attacks.items()):
        cells = [name, tries(tiers).replace("|", "\\|")]
        cells += [tiers[tier]["gets"] if tier in tiers else "" for tier in TIERS]
        cells.append("yes" if all(row["well"] for row in tiers.values()) else "no")
        cells.append(", ".join(f'{tiers[tier]["seconds"]:.1f}' for tier in TIERS if tier in tiers))
        print("| " + " | ".join(cells) + " |")
    return 0


def tries(tiers: dict[str, dict]) -> str:
    """With what poorer tiers let it, or refuse besides."""
    told = next(iter(tiers.values()))["tries"]
    for why in dict.fromkeys(row["why"] for row in tiers.values() if row["why"]):
        there = [tier for tier, row in tiers.items() if row["why"] == why]
        told += f" {'Below full' if len(there) > 1 else there[0].capitalize()}: {why}."
    return told


if __name__ == "__main__":
    sys.exit(main())
