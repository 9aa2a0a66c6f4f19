// Everything that can be wrong with what a user types or has: one clear line, the right exit status.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <functional>

#include "tests/cli/fake_course.h"

namespace grader::cli {
namespace {

namespace fs = std::filesystem;

using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Mistake {
  const char* name;
  std::vector<std::string> words;
  std::function<void(const FakeCourse&)> make;
  int status;
  std::string line;
};

void Nothing(const FakeCourse&) {}

class BadInput : public testing::TestWithParam<Mistake> {};

TEST_P(BadInput, IsOneLineAndLeavesNothing) {
  const FakeCourse course;
  GetParam().make(course);
  const Ended ended = course.Run(GetParam().words);
  EXPECT_EQ(ended.status, GetParam().status);
  EXPECT_EQ(ended.err, "grade: " + GetParam().line + "\n");
  EXPECT_THAT(ended.out, IsEmpty());
  EXPECT_FALSE(course.Has("work/.grade/lab02-reap.junit.xml"));
}

const Mistake kMistakes[] = {
    {"UnknownLab", {"lab9"}, Nothing, 2, "no lab is called 'lab9'; the labs are lab1 (fork), lab2 (reap)"},
    {"UnknownLabNearOne",
     {"raep"},
     Nothing,
     2,
     "no lab is called 'raep'; did you mean 'reap'?; the labs are lab1 (fork), lab2 (reap)"},
    {"UnknownCommand", {"docter"}, Nothing, 2, "no lab or command is called 'docter'; did you mean 'doctor'?"},
    {"UnknownOption",
     {"lab2", "--sed", "3"},
     Nothing,
     2,
     "there is no option '--sed'; did you mean '--seed'?; see: grade --help"},
    {"UnknownOptionOfACommand",
     {"list", "--name"},
     Nothing,
     2,
     "there is no option '--name'; did you mean '--names'?; see: grade list --help"},
    {"OneWordTooMany", {"lab2", "lab02-reap", "again"}, Nothing, 2, "'again' is one word too many; see: grade --help"},
    {"CommandWithoutLab", {"start"}, Nothing, 2, "LAB is required; see: grade start --help"},
    {"SeedThatIsNone", {"lab2", "--seed", "x"}, Nothing, 2, "Could not convert: --seed = x; see: grade --help"},
    {"NoJobs", {"lab2", "--jobs", "0"}, Nothing, 2, "--jobs: Value 0 not in range 1 to 1000; see: grade --help"},
    {"FolderCalledAsACommand",
     {"lab2", "start"},
     Nothing,
     2,
     "'start' is a command; to grade a folder of that name, write ./start"},
    {"MissingFolder", {"lab2", "nowhere"}, Nothing, 2, "there is no folder 'nowhere'; check its name"},
    {"MissingFolderNearOne",
     {"lab2", "lab02-raep/"},
     Nothing,
     2,
     "there is no folder 'lab02-raep/'; did you mean 'lab02-reap'?"},
    {"EmptyFolderName", {"lab2", ""}, Nothing, 2, "there is no folder ''; check its name"},
    {"FileForFolder",
     {"lab2", "lab02-reap/reap.cpp"},
     Nothing,
     2,
     "'lab02-reap/reap.cpp' is a file; name the folder that holds it"},
    {"MissingProgram",
     {"lab2", "other"},
     [](const FakeCourse& c) { c.Write("work/other/main.cpp", ""); },
     2,
     "no reap.cpp or reap.py in 'other'; is this the folder of lab2?"},
    {"FolderForProgram",
     {"lab2", "other"},
     [](const FakeCourse& c) { c.Write("work/other/reap.cpp/x", ""); },
     2,
     "'other/reap.cpp' is not a file; put the program's source there"},
    {"NoSubmissionHere",
     {"lab1"},
     Nothing,
     2,
     "no submission for lab1 here: neither ./lab01-fork, ./lab1 or ./fork, nor fork.cpp or fork.py; name its folder: "
     "grade lab1 DIR, or begin one: grade start lab1"},
    {"BrokenCourse",
     {"lab2"},
     [](const FakeCourse& c) { c.Write("share/grade/course.toml", "titel = \"A\"\n"); },
     2,
     "course.toml:1:1: unknown key 'titel'; did you mean 'title'?"},
    {"BrokenLab",
     {"list"},
     [](const FakeCourse& c) { c.Write("share/grade/labs/lab02-reap/lab.toml", "[lab]\nnumber = \"2\"\n"); },
     2,
     "labs/lab02-reap/lab.toml:2:10: 'number' is a string; write an integer from 1 to 99"},
    {"NoCourse",
     {"list"},
     [](const FakeCourse& c) { fs::remove(c.course() / "course.toml"); },
     2,
     "no course.toml in or above this folder; go to the course's folder, or set GRADE_ROOT to it"},
    {"ReportInAMissingFolder",
     {"lab2", "--junit", "no/r.xml"},
     Nothing,
     2,
     "cannot write the report no/r.xml: No such file or directory; make the folder first, or name another file"},
    {"FolderForReport",
     {"lab2", "--json", "lab02-reap"},
     Nothing,
     2,
     "cannot write the report lab02-reap: Is a directory; name a file in it"},
    {"UnknownDialect",
     {"lab2", "--junit-dialect", "poor"},
     Nothing,
     2,
     "--junit-dialect: poor not in {strict,rich}; see: grade --help"},
    {"UnknownShell", {"completion", "tcsh"}, Nothing, 2, "there is no completion for 'tcsh'; choose bash, zsh or fish"},
    {"NoHandout",
     {"show", "lab2"},
     [](const FakeCourse& c) { fs::remove(c.course() / "labs/lab02-reap/README.md"); },
     2,
     "lab2 has no handout yet (labs/lab02-reap/README.md)"},
    {"NoSkeleton",
     {"start", "lab1"},
     [](const FakeCourse& c) { fs::remove_all(c.course() / "skeletons"); },
     2,
     "lab1 has no skeleton to start from"},
    {"StartOverAFile",
     {"start", "lab1", "f"},
     [](const FakeCourse& c) { c.Write("work/f", ""); },
     2,
     "'f' is a file; name another folder"},
    {"StartBelowAMissingFolder",
     {"start", "lab1", "no/f"},
     Nothing,
     2,
     "there is no folder to make 'no/f' in; check its name"},
    {"StartAgain",
     {"start", "lab2"},
     Nothing,
     2,
     "'./lab02-reap' already has reap.cpp; nothing was copied: name another folder, or move them away"},
    {"NothingToCheck",
     {"check-labs", "--only", "left/*"},
     Nothing,
     2,
     "there is no such submission to check; --only takes names such as 'wrong/*'"},
};
std::string NameOf(const testing::TestParamInfo<Mistake>& info) { return info.param.name; }
INSTANTIATE_TEST_SUITE_P(Each, BadInput, testing::ValuesIn(kMistakes), NameOf);

TEST(BadMachine, ChecksThatAreNotBuiltAreAFault) {
  const FakeCourse course;
  course.Write("work/lab01-fork/fork.cpp", "");
  const Ended ended = course.Run({"lab1"});
  EXPECT_EQ(ended.status, 3);
  EXPECT_EQ(ended.err, "grade: the checks of lab1 are not built (" +
                           (course.root() / "libexec/grade/labs/lab01-fork/checks").string() +
                           " is missing); build the grader again\n");
}

TEST(BadMachine, ChecksThatCannotBeExecutedAreAFault) {
  const FakeCourse course;
  const fs::path checks = course.root() / "libexec/grade/labs/lab02-reap/checks";
  fs::permissions(checks, fs::perms(0644));
  const Ended ended = course.Run({"lab2"});
  EXPECT_EQ(ended.status, 3);
  EXPECT_EQ(ended.err, "grade: " + checks.string() + ": Permission denied\n");
}

TEST(BadMachine, GradeRootWithoutACourseIsSaid) {
  const FakeCourse course;
  const Ended ended = course.Run({"list"}, {"env", "GRADE_ROOT=/nowhere"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_EQ(
      ended.err,
      "grade: GRADE_ROOT is '/nowhere', where there is no course.toml; set it to a course's folder, or unset it\n");
}

TEST(BadMachine, AFullDiskUnderAReportIsAFaultAndKeepsTheVerdict) {
  const FakeCourse course;
  const Ended ended = course.Run({"lab2", "--json", "/dev/full"});
  EXPECT_EQ(ended.status, 3);
  EXPECT_EQ(ended.err,
            "grade: cannot write the report /dev/full: No space left on device; free some space there, or name a "
            "file on another disk\n");
  EXPECT_THAT(ended.out, HasSubstr("10"));
}

TEST(BadMachine, AFullDiskLeavesNoPartOfAReport) {
  const FakeCourse course;
  fs::create_directory(course.work() / "small");
  // One page for the file's own name and none for what is in it.
  const std::string script =
      "mount -t tmpfs -o size=4k,nr_inodes=4 tmpfs small && head -c 4096 /dev/zero >small/full && "
      "{ \"$@\"; status=$?; ls -A small; exit $status; }";
  const Ended ended = course.Run({"lab2", "--junit", "small/r.xml"}, {"unshare", "-rm", "sh", "-c", script, "sh"});
  if (ended.err.find("unshare") != std::string::npos) GTEST_SKIP() << ended.err;
  EXPECT_EQ(ended.status, 3);
  EXPECT_THAT(ended.err, HasSubstr("cannot write the report small/r.xml: No space left on device"));
  EXPECT_TRUE(ended.out.ends_with("\nfull\n")) << ended.out;
}

TEST(BadMachine, AFullDiskUnderTheOutputIsAFault) {
  const FakeCourse course;
  const Ended ended = course.Run({"lab2"}, {"sh", "-c", "\"$@\" >/dev/full", "sh"});
  EXPECT_EQ(ended.status, 3);
  EXPECT_EQ(ended.err, "grade: cannot write to standard output; is the disk full?\n");
}

// Root may read and write everything, so these run as nobody where the tests run as root.
class AsNobody : public testing::Test {
 protected:
  Ended Run(const std::vector<std::string>& words) {
    fs::permissions(course_.root() / "home", fs::perms(0777));
    if (geteuid() != 0) return course_.Run(words);
    return course_.Run(words, {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"});
  }

  FakeCourse course_;
};

TEST_F(AsNobody, AnUnreadableSourceIsSaid) {
  fs::permissions(course_.work() / "lab02-reap/reap.cpp", fs::perms(0));
  const Ended ended = Run({"lab2"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_EQ(ended.err, "grade: 'lab02-reap/reap.cpp' cannot be read (Permission denied); change its permissions\n");
}

TEST_F(AsNobody, AnUnreadableFolderIsSaid) {
  fs::permissions(course_.work() / "lab02-reap", fs::perms(0));
  const Ended ended = Run({"lab2"});
  fs::permissions(course_.work() / "lab02-reap", fs::perms(0755));
  EXPECT_EQ(ended.status, 2);
  EXPECT_EQ(ended.err, "grade: the folder 'lab02-reap' cannot be read (Permission denied); change its permissions\n");
}

TEST_F(AsNobody, AnUnreadableLabIsSaid) {
  fs::permissions(course_.course() / "labs/lab02-reap/lab.toml", fs::perms(0));
  const Ended ended = Run({"lab2"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_EQ(ended.err,
            "grade: labs/lab02-reap/lab.toml:1:1: cannot be read (Permission denied); check that it is a file that you "
            "may read\n");
}

TEST_F(AsNobody, AReportThatMayNotBeWrittenIsSaidBeforeTheGrading) {
  fs::permissions(course_.work(), fs::perms(0555));
  const Ended ended = Run({"lab2", "--junit", "r.xml"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_EQ(ended.err,
            "grade: cannot write the report r.xml: Permission denied; name a file in a folder you may write to\n");
  EXPECT_THAT(ended.out, IsEmpty());
}

TEST_F(AsNobody, AFolderThatMayNotBeWrittenToIsNoReasonNotToGrade) {
  fs::permissions(course_.work(), fs::perms(0555));
  const Ended ended = Run({"lab2"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_FALSE(course_.Has("work/.grade"));
}

}  // namespace
}  // namespace grader::cli
