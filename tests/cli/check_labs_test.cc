#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/cli/fake_course.h"

namespace grader::cli {
namespace {

namespace fs = std::filesystem;

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// Checks that say what the submission's file `verdict` says; without one, full marks.
std::string ChecksThatObeyTheSubmission() {
  return "read -r assignment\necho \"$assignment\" >>\"$HERE/asked\"\n"
         "submission=$(echo \"$assignment\" | sed 's/.*\"submission\":\"\\([^\"]*\\)\".*/\\1/')\necho \"$submission\" "
         ">>\"$HERE/seen\"\n"
         "ls \"$submission\" >>\"$HERE/seen\"\n"
         "case $(cat \"$submission/verdict\" 2>/dev/null) in\n  two)\n" +
         FakeCourse::Say({StartedEvent(), Passed("A.One", 4), Failed("A.Two"), checks::Finished{}}) + "  ;;\n  *)\n" +
         FakeCourse::Say(FullMarks()) + "  ;;\nesac\n";
}

class CheckLabs : public testing::Test {
 protected:
  CheckLabs() {
    fs::remove_all(course_.course() / "labs/lab01-fork");
    course_.Checks(ChecksThatObeyTheSubmission());
    Write("skeletons/lab02-reap/verdict", "two\n");
    Write("labs/lab02-reap/right/python/reap.py", "pass\n");
    Write("labs/lab02-reap/wrong/dog/verdict", "two\n");
    Write("labs/lab02-reap/wrong/dog/expect.toml", "why = \"a dog\"\nfails = [\"A.Two\"]\n");
    fs::create_directory(course_.root() / "tmp");
  }

  void Write(const fs::path& file, const std::string& text) { course_.Write("share/grade" / file, text); }

  Ended Run(std::vector<std::string> words) {
    words.insert(words.begin(), "check-labs");
    return course_.Run(words, {"env", "TMPDIR=" + (course_.root() / "tmp").string()});
  }

  std::string Seen() { return course_.Read("libexec/grade/labs/lab02-reap/seen"); }

  FakeCourse course_;
};

TEST_F(CheckLabs, ProvesALab) {
  const Ended ended = Run({"lab2"});
  EXPECT_EQ(ended.status, 0) << ended.out << ended.err;
  EXPECT_THAT(ended.out, AllOf(HasSubstr("lab02-reap  reference     ok"), HasSubstr("lab02-reap  skeleton      ok"),
                               HasSubstr("lab02-reap  right/python  ok"), HasSubstr("lab02-reap  wrong/dog     ok"),
                               HasSubstr("\nSubmissions judged as they deserve: 4 of 4\n")));
  EXPECT_TRUE(fs::is_empty(course_.root() / "tmp"));
}

TEST_F(CheckLabs, APythonVariantReplacesTheProgram) {
  Run({"--only", "right/*"});
  EXPECT_THAT(Seen(), AllOf(HasSubstr("reap.py\n"), Not(HasSubstr("reap.cpp\n"))));
}

TEST_F(CheckLabs, AnOverlayKeepsTheRestOfTheReference) {
  Run({"--only", "wrong/dog"});
  EXPECT_THAT(Seen(), AllOf(HasSubstr("reap.cpp\nverdict\n"), Not(HasSubstr("expect.toml"))));
}

TEST_F(CheckLabs, FindsABugThatIsNotFound) {
  Write("labs/lab02-reap/wrong/dog/verdict", "none\n");
  const Ended ended = Run({"lab2", "--only", "wrong/dog", "--seed", "5"});
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.out,
              AllOf(HasSubstr("lab02-reap  wrong/dog  WRONG"), HasSubstr("    A.Two must fail, but passed\n"),
                    HasSubstr(" check-labs lab2 --only wrong/dog --seed 5\n"),
                    HasSubstr("\nSubmissions judged wrongly: 1 of 1\n  lab02-reap wrong/dog\n")));
}

TEST_F(CheckLabs, FindsAFalseAccusation) {
  Write("reference/lab02-reap/verdict", "two\n");
  const Ended ended = Run({"--only", "reference"});
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.out, HasSubstr("A.Two must pass, but failed: expected a cat, but a dog came"));
}

TEST_F(CheckLabs, FindsASkeletonThatIsAlreadySolved) {
  Write("skeletons/lab02-reap/verdict", "none\n");
  EXPECT_THAT(Run({"--only", "skeleton"}).out, HasSubstr("must not get full marks, but does"));
}

TEST_F(CheckLabs, AsksOfWrongSubmissionsOnlyWhatTheyAreToFail) {
  EXPECT_EQ(Run({"lab2", "--only", "wrong/dog", "--named"}).status, 0);
  EXPECT_THAT(course_.Read("libexec/grade/labs/lab02-reap/asked"), HasSubstr("\"only\":[\"A.Two\"]"));
}

TEST_F(CheckLabs, ProvesEachCheckOnceIfTold) {
  Write("labs/lab02-reap/wrong/cow/verdict", "two\n");
  Write("labs/lab02-reap/wrong/cow/expect.toml", "why = \"a cow\"\nfails = [\"A.Two\"]\n");
  EXPECT_THAT(Run({"lab2"}).out, HasSubstr("deserve: 5 of 5\n"));
  const Ended once = Run({"lab2", "--once"});
  EXPECT_EQ(once.status, 0);
  EXPECT_THAT(once.out, AllOf(HasSubstr("wrong/cow"), Not(HasSubstr("wrong/dog")), HasSubstr("right/python"),
                              HasSubstr("deserve: 4 of 4\n")));
}

TEST_F(CheckLabs, AsksEverythingOfTheOthers) {
  EXPECT_EQ(Run({"lab2", "--only", "re*", "--named"}).status, 0);
  EXPECT_THAT(course_.Read("libexec/grade/labs/lab02-reap/asked"), HasSubstr("\"only\":[]"));
}

TEST_F(CheckLabs, Repeats) {
  const Ended ended = Run({"--only", "reference", "--repeat", "3"});
  EXPECT_EQ(ended.status, 0) << ended.out;
  EXPECT_THAT(ended.out, HasSubstr("3 runs"));
  const std::string seen = Seen();
  const std::string folder = seen.substr(0, seen.find('\n') + 1);
  EXPECT_EQ(seen, folder + "reap.cpp\n" + folder + "reap.cpp\n" + folder + "reap.cpp\n");
}

TEST_F(CheckLabs, ExplainsABrokenExpectation) {
  Write("labs/lab02-reap/wrong/dog/expect.toml", "why = \"a dog\"\nfail = [\"A.Two\"]\n");
  const Ended ended = Run({});
  EXPECT_EQ(ended.status, 2);
  EXPECT_EQ(ended.err, "grade: labs/lab02-reap/wrong/dog/expect.toml:2:1: unknown key 'fail'; did you mean 'fails'?\n");
}

TEST_F(CheckLabs, WantsAnExpectationOfEachBug) {
  fs::remove(course_.course() / "labs/lab02-reap/wrong/dog/expect.toml");
  const Ended ended = Run({});
  EXPECT_EQ(ended.status, 2);
  EXPECT_EQ(ended.err,
            "grade: labs/lab02-reap/wrong/dog/expect.toml:1:1: cannot be read (No such file or directory); check "
            "that it is a file that you may read\n");
}

TEST_F(CheckLabs, WantsAReference) {
  fs::remove_all(course_.course() / "reference");
  const Ended ended = Run({});
  EXPECT_EQ(ended.status, 2);
  EXPECT_EQ(ended.err, "grade: lab2 lacks the folder reference/lab02-reap\n");
}

}  // namespace
}  // namespace grader::cli
