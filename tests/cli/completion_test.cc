#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/fake_course.h"

namespace grader::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

// What bash offers for a command line whose last word is being typed.
std::string Offered(const FakeCourse& course, const std::string& line) {
  const std::string script =
      "source /dev/stdin <<<\"$(\"$1\" completion bash)\"\nprogram=$1\n"
      "read -ra COMP_WORDS <<<\"" +
      line +
      "\"\n"
      "[[ '" +
      line +
      "' != *' ' ]] || COMP_WORDS+=('')\n"
      "COMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n"
      "_grade \"$program\" 2>/dev/null\necho \"${COMPREPLY[*]}\"\n";
  return course.Run({}, {"bash", "-c", script, "bash"}).out;
}

TEST(Completion, OffersCommandsAndLabs) {
  const FakeCourse course;
  EXPECT_EQ(Offered(course, "grade "),
            "lab1 fork lab2 reap list start show batch batch-part regrade diff apply discard export similar pack "
            "explore check-labs doctor completion\n");
  EXPECT_EQ(Offered(course, "grade l"), "lab1 lab2 list\n");
  EXPECT_EQ(Offered(course, "grade start r"), "reap\n");
}

TEST(Completion, OffersTheOptionsOfTheCommand) {
  const FakeCourse course;
  EXPECT_EQ(Offered(course, "grade lab2 --ju"), "--junit --junit-dialect\n");
  EXPECT_EQ(Offered(course, "grade list --"), "--names --help\n");
}

TEST(Completion, OffersTheValuesOfAnOption) {
  const FakeCourse course;
  EXPECT_EQ(Offered(course, "grade lab2 --junit-dialect "), "strict rich\n");
  EXPECT_EQ(Offered(course, "grade completion "), "bash zsh fish\n");
  EXPECT_EQ(Offered(course, "grade lab2 --seed "), "\n");
  EXPECT_EQ(Offered(course, "grade lab2 --export g"), "gradescope= github= gitlab=\n");
  EXPECT_EQ(Offered(course, "grade export m"), "moodle-csv moodle-worksheet\n");
}

TEST(Completion, OfZshDescribesEachCommandAndOption) {
  const FakeCourse course;
  const Ended ended = course.Run({"completion", "zsh"});
  EXPECT_EQ(ended.status, 0);
  EXPECT_THAT(ended.out, AllOf(HasSubstr("#compdef grade\n"), HasSubstr("'doctor:say what this machine offers"),
                               HasSubstr("'--junit-dialect["), HasSubstr(":value:(strict rich)'"),
                               HasSubstr("':the lab\\: lab3, 3 or chat:_grade_labs'")));
}

TEST(Completion, OfFishDescribesEachCommandAndOption) {
  const FakeCourse course;
  const Ended ended = course.Run({"completion", "fish"});
  EXPECT_EQ(ended.status, 0);
  EXPECT_THAT(ended.out, AllOf(HasSubstr("complete -c grade -n __fish_use_subcommand -a doctor -d 'say what"),
                               HasSubstr(" -l junit-dialect -x -a 'strict rich' -d "), HasSubstr(" -l verbose -d ")));
}

}  // namespace
}  // namespace grader::cli
