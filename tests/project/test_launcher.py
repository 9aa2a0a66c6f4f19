"""The launcher, on a toy course whose build takes a moment: when it builds, what it becomes, where it writes."""

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]

# Prints its arguments and what descriptors it was given; its status is the number of arguments.
PROGRAM = """
#include <dirent.h>
#include <cstdio>
#include <cstdlib>
int main(int count, char** words) {
  for (int i = 1; i < count; ++i) std::printf("<%s>", words[i]);
  DIR* open = opendir("/proc/self/fd");
  while (dirent* entry = readdir(open))
    if (std::atoi(entry->d_name) > 2 && std::atoi(entry->d_name) != dirfd(open)) std::printf(" fd %s", entry->d_name);
  std::puts("");
  return count - 1;
}
"""

CMAKE = """
cmake_minimum_required(VERSION 3.25)
project(toy LANGUAGES CXX)
add_executable(grade grader/cli/main.cc)
set_target_properties(grade PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/grader/cli)
"""


class Launcher(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="grade launcher ")  # with a blank
        self.addCleanup(temporary.cleanup)
        self.scratch = Path(temporary.name)
        self.root = self.scratch / "the course"
        for folder in ("grader/cli", "cmake", "labs/lab01-x/checks", "labs/lab01-x/wrong/bug", "reference/lab01-x"):
            (self.root / folder).mkdir(parents=True)
        for file in ("grade", "cmake/setup.sh", "CMakePresets.json"):
            shutil.copy(CHECKOUT / file, self.root / file)
        (self.root / "cmake/packages.txt").write_text("# none\nbase-files\n")
        (self.root / "CMakeLists.txt").write_text(CMAKE)
        (self.root / "grader/cli/main.cc").write_text(PROGRAM)
        self.environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(self.scratch / "home")}

    def launch(self, *words, program=None, **options) -> subprocess.CompletedProcess:
        options = {"env": self.environment, "cwd": self.scratch} | options
        command = [program or self.root / "grade", *words]
        return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, **options)

    def assert_builds(self, done: subprocess.CompletedProcess):
        self.assertIn("building", done.stderr)

    def assert_does_not_build(self, done: subprocess.CompletedProcess):
        self.assertEqual("", done.stderr)

    def test_builds_once_and_becomes_the_program(self):
        first = self.launch("lab1", "a b", "")
        self.assertEqual(("<lab1><a b><>\n", 3), (first.stdout, first.returncode), first.stderr)
        self.assert_builds(first)
        self.assertTrue((self.root / "build/release/grader/cli/grade").exists())
        again = self.launch("lab1")
        self.assertEqual(("<lab1>\n", 1), (again.stdout, again.returncode))
        self.assert_does_not_build(again)

    def test_builds_again_when_a_source_changes_even_with_an_old_time(self):
        self.launch()
        source = self.root / "grader/cli/main.cc"
        source.write_text(PROGRAM.replace("<%s>", "[%s]"))
        os.utime(source, (1, 1))
        os.utime(self.root / "build/release/CMakeFiles/grade.dir/grader/cli/main.cc.o", (0, 0))
        changed = self.launch("x")
        self.assert_builds(changed)
        self.assertEqual("[x]\n", changed.stdout)
        self.assert_does_not_build(self.launch())

    def test_builds_again_when_a_lab_comes_or_goes(self):
        self.launch()
        (self.root / "labs/lab02-y").mkdir()
        self.assert_builds(self.launch())
        self.assert_does_not_build(self.launch())
        (self.root / "labs/lab02-y").rmdir()
        self.assert_builds(self.launch())

    def test_submissions_do_not_matter(self):
        self.launch()
        for submission in ("reference/lab01-x", "labs/lab01-x/wrong/bug", "lab01-x"):
            (self.root / submission).mkdir(exist_ok=True)
            (self.root / submission / "x.cpp").write_text("new")
        self.assert_does_not_build(self.launch())

    def test_is_found_from_anywhere_and_through_a_link(self):
        self.launch()
        link = self.scratch / "g"
        link.symlink_to("the course/grade")
        for program, folder in (("./grade", self.root), ("../the course/grade", self.root), (link, "/")):
            done = self.launch("x", program=program, cwd=folder)
            self.assertEqual("<x>\n", done.stdout)
            self.assert_does_not_build(done)

    def test_a_failed_build_shows_why_and_is_tried_again(self):
        source = self.root / "grader/cli/main.cc"
        source.write_text("int main() { return missing; }")
        for _ in range(2):
            failed = self.launch()
            self.assertEqual(3, failed.returncode)
            self.assertIn("missing", failed.stderr)
            self.assertIn("the whole log is in", failed.stderr)
        source.write_text(PROGRAM)
        self.assertEqual(0, self.launch().returncode)

    def test_a_moved_checkout_is_built_anew(self):
        self.launch()
        moved = self.scratch / "moved"
        self.root.rename(moved)
        done = self.launch("x", program=moved / "grade")
        self.assert_builds(done)
        self.assertEqual("<x>\n", done.stdout)
        self.assertIn(str(moved), (moved / "build/release/CMakeCache.txt").read_text())

    def test_two_at_once_build_once(self):
        both = [
            subprocess.Popen([self.root / "grade", "x"], env=self.environment, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for _ in range(2)
        ]
        outputs = [one.communicate() for one in both]
        self.assertEqual(["<x>\n"] * 2, [out for out, _ in outputs])
        self.assertEqual(1, sum("building in" in err for _, err in outputs), outputs)

    def test_what_changes_during_the_build_is_built_next_time(self):
        self.launch()
        (self.root / "grader/late.h").write_text("")
        lock = (self.root / "build/release/setup.lock").open("a")
        fcntl.flock(lock, fcntl.LOCK_EX)  # the build cannot begin
        waiting = subprocess.Popen([self.root / "grade"], env=self.environment, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.assertIn("waiting", waiting.stderr.readline())
        (self.root / "grader/cli/main.cc").write_text(PROGRAM.replace("<%s>", "[%s]"))
        lock.close()
        waiting.communicate()
        self.assertEqual("[x]\n", self.launch("x").stdout)

    def test_another_place_for_builds_can_be_named(self):
        self.environment["GRADE_BUILD_DIR"] = "else where"
        self.assert_builds(self.launch())
        self.assertTrue((self.scratch / "else where/release/grader/cli/grade").exists())
        self.assertFalse((self.root / "build").exists())
        self.assert_does_not_build(self.launch())

    def test_a_place_that_cannot_be_written_is_one_line(self):
        self.environment["GRADE_BUILD_DIR"] = "/proc/none"
        done = self.launch()
        self.assertEqual((3, 1), (done.returncode, done.stderr.count("\n")), done.stderr)

    def test_missing_packages_without_a_way_to_install_them_are_one_line(self):
        (self.root / "cmake/packages.txt").write_text("base-files\nno-such-package # comment\nnone-such\n")
        done = self.as_nobody()
        self.assertEqual((3, 1), (done.returncode, done.stderr.count("\n")), done.stderr)
        self.assertIn("apt-get install --no-install-recommends no-such-package none-such", done.stderr)

    def test_a_checkout_of_another_user_stays_as_it_is(self):
        done = self.as_nobody("x")
        self.assertEqual("<x>\n", done.stdout, done.stderr)
        self.assertFalse((self.root / "build").exists())
        self.assertEqual(1, len(list((self.scratch / "home/.cache/grade").glob("*/release/grader/cli/grade"))))
        self.assert_does_not_build(self.as_nobody())

    def test_another_users_build_is_used_while_it_is_fresh(self):
        self.launch()
        self.assert_does_not_build(self.as_nobody())
        (self.root / "grader/new.h").write_text("")
        self.assert_builds(self.as_nobody())

    def as_nobody(self, *words) -> subprocess.CompletedProcess:
        """Launches as another user, who has no sudo."""
        if os.geteuid() != 0:
            self.skipTest("only root can become another user")
        nobody = pwd.getpwnam("nobody")
        self.scratch.chmod(0o755)
        home = self.scratch / "home"
        home.mkdir(exist_ok=True)
        os.chown(home, nobody.pw_uid, nobody.pw_gid)
        return self.launch(*words, user=nobody.pw_uid, group=nobody.pw_gid, extra_groups=[])


if __name__ == "__main__":
    unittest.main()
