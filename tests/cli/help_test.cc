#include "grader/cli/help.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/fake_course.h"

namespace grader::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

TEST(Help, OfACommandShowsUsageArgumentsAndOptions) {
  const CommandText command{
      "feed",
      "give it something",
      {{{ValueKind::kLab}, "which"}, {{ValueKind::kFolder}, "where", false}},
      {{"--often", "again and again"}, {"--food", "what", Value{ValueKind::kChoice, {"hay", "oats"}}}}};
  EXPECT_EQ(HelpText(command), R"(Usage: grade feed LAB [DIR] [OPTION...]

give it something

Arguments:
  LAB  which
  DIR  where

Options:
  --often          again and again
  --food hay|oats  what
)");
}

TEST(Help, BeginsWithExamplesAndFitsATerminal) {
  const FakeCourse course;
  const Ended ended = course.Run({"--help"});
  EXPECT_EQ(ended.status, 0);
  EXPECT_THAT(ended.out,
              AllOf(StartsWith("Examples:\n"), HasSubstr("\n  check-labs [LAB]"), HasSubstr("Exit status: 0")));
  std::size_t begin = 0;
  for (std::size_t end = 0; (end = ended.out.find('\n', begin)) != std::string::npos; begin = end + 1) {
    EXPECT_LE(end - begin, 120u) << ended.out.substr(begin, end - begin);
  }
}

TEST(Help, IsOnStderrWhenNothingWasAsked) {
  const FakeCourse course;
  const Ended ended = course.Run({});
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.out, IsEmpty());
  EXPECT_THAT(ended.err, StartsWith("Examples:\n"));
}

TEST(Help, OfACommandIsItsOwn) {
  const FakeCourse course;
  const Ended ended = course.Run({"start", "--help"});
  EXPECT_EQ(ended.status, 0);
  EXPECT_THAT(ended.out, StartsWith("Usage: grade start LAB [DIR] [OPTION...]\n"));
}

TEST(Version, IsOneLine) {
  const FakeCourse course;
  const Ended ended = course.Run({"--version"});
  EXPECT_EQ(ended.status, 0);
  EXPECT_THAT(ended.out, ::testing::MatchesRegex("grade [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

}  // namespace
}  // namespace grader::cli
