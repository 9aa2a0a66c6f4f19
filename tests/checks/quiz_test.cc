#include "grader/checks/quiz.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grader/checks/errors.h"
#include "grader/checks/lab_check.h"
#include "tests/checks/temporary_folder.h"

namespace grader::checks {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

std::vector<RegisteredCheck> ChecksOf(const std::string& text) {
  const testing::TemporaryFolder folder;
  folder.Write("quiz.toml", text);
  return QuizChecks(folder.path() / "quiz.toml", {"Quiz", "", "labs/x/checks/x.cc", 1});
}

TEST(QuizChecks, MakesOneCheckPerQuestionInOrder) {
  const auto checks = ChecksOf(R"(
[[question]]
id = "zombie_letter"
ask = "Which letter does ps show for a zombie?"
answer = "Z"
points = 1.5
hint = "man ps"

[[question]]
id = "children"
ask = "How many?"
answer = 6
points = 0
)");
  ASSERT_EQ(checks.size(), 2u);
  EXPECT_EQ(checks[0].info.id, "Quiz.ZombieLetter");
  EXPECT_EQ(checks[0].info.title, "quiz: zombie letter");
  EXPECT_EQ(checks[0].info.points, 1.5);
  EXPECT_EQ(checks[0].info.hint, "The question is: Which letter does ps show for a zombie? man ps");
  EXPECT_EQ(checks[0].info.line, 2);
  EXPECT_EQ(checks[1].info.id, "Quiz.Children");
}

TEST(QuizChecks, NamesTheLineOfAMistake) {
  const auto reading = [](const char* text) { return [text] { ChecksOf(text); }; };
  EXPECT_THAT(reading("[[question]]\nid = \"a\"\nask = \"?\"\nanswer = 1\n"),
              ThrowsMessage<UsageError>(HasSubstr("quiz.toml:1: a question needs `points`")));
  EXPECT_THAT(reading("[[question]]\nid = \"a\"\nask = \"?\"\npoints = 1\nanswer = 1.5\n"),
              ThrowsMessage<UsageError>(HasSubstr("a question needs `answer`")));
  EXPECT_THAT(reading("[[question]]\nid = \"a\"\nask = \"?\"\npoints = 1\nanswer = [1]\n"),
              ThrowsMessage<UsageError>(HasSubstr("holds something that is no text")));
  EXPECT_THAT(reading("points = 1\n"), ThrowsMessage<UsageError>(HasSubstr("has no [[question]]")));
  EXPECT_THAT(reading("[[question]]\nid = \n"), ThrowsMessage<UsageError>(HasSubstr("quiz.toml:2: ")));
}

}  // namespace
}  // namespace grader::checks
