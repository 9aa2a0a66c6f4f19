// Questions of a quiz that a real run answers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grader/checks/assignment.h"
#include "tests/checks/execution.h"

namespace grader::checks {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ObservedQuizTest : public ::testing::Test {
 protected:
  // The result of the question how many lines this program prints, which was answered so.
  CheckResult Ask(const std::string& program, const std::string& answer) {
    folder_.Write("lab/quiz.toml",
                  "[[question]]\nid = \"lines\"\nask = \"How many?\"\npoints = 1\nprobe = \"speaker\"\n"
                  "truth = \"lines\"\n");
    folder_.Write("lab/probes/speaker.cpp", program);
    folder_.Write("submission/answers.toml", "lines = " + answer + "\n");
    Assignment assignment;
    assignment.lab = "lab00-quiz";
    assignment.submission = folder_.path() / "submission";
    assignment.lab_folder = folder_.path() / "lab";
    assignment.cache = folder_.path() / "cache";
    return testing::Execute(folder_, QUIZ_FIXTURE, ToJson(assignment)).Result("Quiz.Lines");
  }

 private:
  testing::TemporaryFolder folder_;
};

constexpr const char* kThreeLines = "#include <cstdio>\nint main() { std::puts(\"one\\ntwo\\nthree\"); }\n";

TEST_F(ObservedQuizTest, TakesTheTruthFromTheRun) { EXPECT_EQ(Ask(kThreeLines, "3").status, CheckStatus::kPassed); }

TEST_F(ObservedQuizTest, DoesNotGiveTheAnswerAway) {
  const auto result = Ask(kThreeLines, "7");
  ASSERT_EQ(result.status, CheckStatus::kFailed);
  EXPECT_EQ(result.output, "");
  ASSERT_EQ(result.failures.size(), 1u);
  EXPECT_EQ(result.failures[0].expected, "the answer to `lines` is what the run shows");
  EXPECT_EQ(result.failures[0].happened, "7 is not right");
  EXPECT_THAT(result.failures[0].facts, IsEmpty());
  EXPECT_EQ(result.failures[0].run, "./speaker");
}

TEST_F(ObservedQuizTest, TakesNoTruthFromARunThatWentWrong) {
  const auto result = Ask("#include <cstdlib>\nint main() { std::abort(); }\n", "0");
  EXPECT_EQ(result.status, CheckStatus::kFault);
  EXPECT_THAT(result.reason, HasSubstr("speaker"));
}

}  // namespace
}  // namespace grader::checks
