"""Files stay readable at one sitting."""

from typing import Iterator

from tree import CPP, Tree, Violation

AIM = 200  # most files are shorter
LIMIT = 600


def sizes(tree: Tree) -> Iterator[Violation]:
    """No source file outgrows LIMIT; the longest of those over twice the AIM are named, without failing."""
    long = []
    for file in tree.files("grader", "tests", "cmake", "labs", suffixes=CPP + (".py", ".sh", ".cmake")):
        count = file.text.count("\n")
        if count > LIMIT:
            yield Violation(file.path, LIMIT, f"{count} lines; look for the missing noun")
        elif count > 2 * AIM:
            long.append((count, file.path))
    for count, path in sorted(long, reverse=True):
        print(f"warning: {path} has {count} lines; {AIM} are the aim")
