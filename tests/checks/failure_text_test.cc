#include "grader/checks/failure_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include "grader/checks/matchers.h"
#include "tests/checks/hand_made.h"
#include "tests/checks/told.h"

namespace grader::checks {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Gt;

// What students read of the failures that GoogleTest records while statement runs.
#define EXPECT_TOLD(statement, text)                                                           \
  do {                                                                                         \
    ::testing::TestPartResultArray parts;                                                      \
    {                                                                                          \
      ::testing::ScopedFakeTestPartResultReporter reporter(                                    \
          ::testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, &parts); \
      statement;                                                                               \
    }                                                                                          \
    ASSERT_EQ(parts.size(), 1);                                                                \
    std::string told;                                                                          \
    for (const auto& shown : DecodeFailures(parts.GetTestPartResult(0).message())) {           \
      told += (told.empty() ? "" : "\n\n") + testing::AsText(shown.failure);                   \
    }                                                                                          \
    EXPECT_EQ(told, text);                                                                     \
  } while (false)

TEST(FailureText, CarriesAnyBytesThroughGoogleTest) {
  const std::string bytes("\0\x1e\x1b]]>\xff\n\x1e", 10);
  const ShownFailure shown{{bytes, "h" + bytes, {bytes, ""}, bytes, bytes}, bytes};
  const auto found = DecodeFailures("Value of: x\nExpected: y\n  Actual: z, " + EncodeFailure(shown) + "\nmore");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].failure.expected, bytes);
  EXPECT_EQ(found[0].failure.happened, "h" + bytes);
  EXPECT_THAT(found[0].failure.facts, ElementsAre(bytes, ""));
  EXPECT_EQ(found[0].output, bytes);
}

TEST(FailureText, ShowsNoExpressionOfAMatchedRun) {
  auto run = testing::CleanRun();
  run.outcome = observe::Exited{1};
  EXPECT_TOLD(EXPECT_THAT(run, ExitsCleanly()),
              "expected: the program ends by itself, with status 0\n"
              "happened: it ended with status 1\n"
              "run: ./reap nohang 3");
}

TEST(FailureText, SurvivesAllOf) {
  auto run = testing::CleanRun();
  run.out.head = "x\n";
  EXPECT_TOLD(EXPECT_THAT(run, AllOf(ExitsCleanly(), PrintsNothing())),
              "expected: it prints nothing\n"
              "happened: it printed 1 line\n"
              "- the first is \"x\"\n"
              "run: ./reap nohang 3");
}

TEST(FailureText, PutsEqualityInWords) {
  const int found = 3;
  EXPECT_TOLD(EXPECT_EQ(found, 5) << "ticks printed", "expected: ticks printed: 5\nhappened: 3");
  EXPECT_TOLD(EXPECT_EQ(std::string("a"), "b"), "expected: \"b\"\nhappened: \"a\"");
}

TEST(FailureText, PutsComparisonsInWords) {
  const int found = 3;
  EXPECT_TOLD(EXPECT_GE(found, 5) << "ticks printed", "expected: ticks printed: >= 5\nhappened: 3");
}

TEST(FailureText, PutsConditionsInWords) {
  const bool printed = false;
  EXPECT_TOLD(EXPECT_TRUE(printed) << "the parent prints a line",
              "expected: the parent prints a line\nhappened: it is not so");
  EXPECT_TOLD(EXPECT_TRUE(printed), "expected: a condition that holds\nhappened: it is not so");
}

TEST(FailureText, PutsGoogleTestsOwnMatchersInWords) {
  const int found = 3;
  EXPECT_TOLD(EXPECT_THAT(found, Gt(4)) << "ticks printed", "expected: ticks printed: is > 4\nhappened: 3");
}

TEST(FailureText, TakesTheLabsOwnWords) {
  EXPECT_TOLD(ADD_FAILURE() << "the child printed first", "expected: \nhappened: the child printed first");
}

}  // namespace
}  // namespace grader::checks
