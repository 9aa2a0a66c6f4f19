"""Each rule finds a deliberate violation in a copy of this checkout, and nothing in what is allowed."""

import os
import shutil
import tempfile
import unittest
from pathlib import Path

import project
from tools import ToolMissing
from tree import IGNORED_FOLDERS, TOP_FOLDERS, Tree, without_comments_and_strings

CHECKOUT = Path(__file__).resolve().parents[2]


class RulesBite(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory(prefix="grade-rules-")
        cls.addClassCleanup(temporary.cleanup)
        cls.root = Path(temporary.name)
        cls.before: dict[str, list] = {}
        for folder in TOP_FOLDERS:
            if (CHECKOUT / folder).exists():
                shutil.copytree(CHECKOUT / folder, cls.root / folder, ignore=shutil.ignore_patterns(*IGNORED_FOLDERS))
        cls.copy_files(cls.root)

    @staticmethod
    def copy_files(root: Path):
        for file in CHECKOUT.iterdir():
            if file.is_file():
                shutil.copy(file, root)

    def new_violations(self, rule: str, path: str, text: str) -> list[int]:
        """The lines of path that the rule names once text stands there; elsewhere nothing may change."""
        if rule not in self.before:
            self.before[rule] = list(project.RULES[rule](Tree(self.root)))
        before = {str(v) for v in self.before[rule] if v.path != path}
        self.put(self.root / path, text)
        after = list(project.RULES[rule](Tree(self.root)))
        self.assertEqual(before, {str(v) for v in after if v.path != path})
        self.doCleanups()
        return [v.line for v in after if v.path == path]

    def put(self, place: Path, text: str):
        """Until the next clean-up."""
        if place.exists():
            self.addCleanup(place.write_bytes, place.read_bytes())
        else:
            made = [folder for folder in place.parents if not folder.exists()]
            self.addCleanup(shutil.rmtree, made[-1]) if made else self.addCleanup(place.unlink)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")

    def assert_bites(self, rule: str, path: str, text: str, lines=(1,)):
        self.assertEqual(list(lines), self.new_violations(rule, path, text))

    def assert_passes(self, rule: str, path: str, text: str):
        self.assertEqual([], self.new_violations(rule, path, text))

    def test_layering_refuses_an_include_upwards(self):
        self.assert_bites("layering", "grader/os/bad.h", '#pragma once\n#include "grader/sandbox/limits.h"\n', [2])
        self.assert_bites("layering", "grader/course/bad.cc", '#include "grader/report/terminal.h"\n')
        self.assert_bites("layering", "grader/report/bad.cc", '#include "grader/course/course.h"\n')
        self.assert_bites("layering", "grader/observe/bad.cc", '#include "../checks/result.h"\n')

    def test_layering_allows_includes_downwards(self):
        self.assert_passes("layering", "grader/cli/good.cc", '#include "grader/os/fd.h"\n#include <sys/types.h>\n')

    def test_layering_refuses_a_link_upwards(self):
        list_of = "grader/{}/CMakeLists.txt".format
        self.assert_bites("layering", list_of("sandbox"), "grader_folder(sandbox\n  PUBLIC grader::observe)\n", [2])
        self.assert_bites("layering", list_of("os"), "target_link_libraries(grader_os PUBLIC grader_build)\n")

    def test_layering_wants_a_place_for_each_folder(self):
        self.assert_bites("layering", "grader/misc/bad.h", "#pragma once\n")

    def test_layering_keeps_reports_out_of_a_labs_checks(self):
        self.assert_bites("layering", "labs/lab02-reap/checks/bad.cc", '#include "grader/report/junit.h"\n')

    def test_system_calls_outside_os_are_found(self):
        for call in ("::close(fd);", "kill(pid, SIGKILL);", "if (waitpid(pid, &status, 0) < 0) {", "x = fork();",
                     "Fd fd(syscall(SYS_clone3));", "else kill(1, 2);", "return ::ptrace(PTRACE_SEIZE, pid, 0, 0);"):
            self.assert_bites("system_calls", "grader/checks/bad.cc", f"void F() {{\n  {call}\n}}\n", [2])

    def test_system_calls_by_other_names_are_no_violation(self):
        for call in ("os::Kill(pid);", "sandbox.kill(1);", "// kill(pid) ends it", "PolledWait wait(context);",
                     'Say("close(2)");', "os::wait(1);"):
            self.assert_passes("system_calls", "grader/checks/good.cc", f"void F() {{\n  {call}\n}}\n")
        self.assert_passes("system_calls", "grader/os/good.cc", "void F() { ::close(1); }\n")

    def test_sleeps_are_found(self):
        self.assert_bites("sleeps", "tests/os/bad_test.cc", "\n  std::this_thread::sleep_for(10ms);\n", [2])
        self.assert_bites("sleeps", "grader/batch/bad.cc", "  usleep(3);\n")
        self.assert_bites("sleeps", "tests/cli/bad.sh", "true\nsleep 1\n", [2])
        self.assert_bites("sleeps", "tests/cli/bad.py", "import time\ntime.sleep(1)\n", [2])

    def test_sleeps_under_test_are_allowed_where_they_say_so(self):
        self.assert_passes("sleeps", "tests/os/good.cc", "// sleep under test: polling is found.\nsleep(1);\n")
        far = "// sleep under test: this one.\nsleep(1);\n"
        self.assert_bites("sleeps", "tests/os/bad.cc", "\n" * 10 + far + "\n\nsleep(1);\n", [15])

    def test_links_must_lead_somewhere(self):
        self.assert_bites("links", "docs/bad.md", "# A\n[x](nowhere.md)\n", [2])
        self.assert_bites("links", "docs/bad.md", "# A\n[x](#b)\n", [2])
        good = "# A b\n[x](../README.md) [y](#a-b) [z](https://example.org)\n`[x](no.md)`\n"
        self.assert_passes("links", "docs/good.md", good)

    def test_readme_promises_two_commands_that_exist(self):
        self.assert_bites("readme", "README.md", "```sh\n./grade lab1 reference/lab99-none\n./grade list\n```\n", [2])
        self.assert_bites("readme", "README.md", "```sh\n./grade list\n```\n")
        self.assert_bites("readme", "README.md", "```sh\n./upgrade list\n./grade list\n```\n", [2])

    def test_machine_paths_are_found(self):
        self.assert_bites("machine_paths", "docs/bad.md", "see /home/ann/course\n")

    def test_promises_need_tests_that_exist(self):
        head = "## Promises\n\nIt\n\n- is safe;\n\n## Proofs\n\n| promise | proved by |\n|---|---|\n"
        self.assert_passes("promises", "docs/security.md", head + "| is safe | `Filter.DeniesWhatLeadsOut`, `escape/chroot` |\n")
        self.assert_bites("promises", "docs/security.md", head + "| is safe | `Filter.IsGone`, `escape/gone` |\n", [11, 11])
        self.assert_bites("promises", "docs/security.md", head + "| is gone | `escape/chroot` |\n", [5, 11])

    def test_sizes_have_a_limit(self):
        self.assert_bites("sizes", "grader/os/bad.cc", "int x;\n" * 601, [600])

    def test_formatting_is_compared(self):
        self.assert_tool_bites("formatting", "grader/os/bad.cc", "int  x ;\n")

    def test_scripts_are_checked(self):
        self.assert_tool_bites("scripts", "tests/cli/bad.sh", "#!/bin/bash\nrm $1\n", [2])

    def assert_tool_bites(self, rule: str, path: str, text: str, lines=(1,)):
        """In a checkout of that file alone: the whole one takes long, and has a test of its own."""
        with tempfile.TemporaryDirectory(prefix="grade-rules-") as root:
            self.copy_files(Path(root))
            place = Path(root, path)
            place.parent.mkdir(parents=True)
            place.write_text(text, encoding="utf-8")
            try:
                found = [v for v in project.RULES[rule](Tree(Path(root))) if v.path == path]
            except ToolMissing as missing:
                self.skipTest(f"{missing} is not installed")
        self.assertEqual(set(lines), {v.line for v in found})

    def test_a_missing_tool_is_no_excuse_in_ci(self):
        path, ci = os.environ["PATH"], os.environ.get("CI")
        self.addCleanup(os.environ.__setitem__, "PATH", path)
        self.addCleanup(os.environ.update, {} if ci is None else {"CI": ci})
        os.environ["PATH"] = str(self.root)
        os.environ.pop("CI", None)
        self.assertEqual(77, project.main("scripts", str(self.root)))
        os.environ["CI"] = "true"
        self.addCleanup(os.environ.pop, "CI", None)
        with self.assertRaises(FileNotFoundError):
            project.main("scripts", str(self.root))

    def test_comments_and_strings_are_no_code(self):
        text = 'a /* b\n */ c // d\n"e\\"f" R"x(g)x" 1\'000 \'h\'\n'
        self.assertEqual(["a ", " c  ", "    1'000  "], without_comments_and_strings(text).splitlines())


if __name__ == "__main__":
    unittest.main()
