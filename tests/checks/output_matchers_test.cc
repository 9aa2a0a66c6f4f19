#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grader/checks/matchers.h"
#include "tests/checks/hand_made.h"
#include "tests/checks/told.h"

namespace grader::checks {
namespace {

using testing::CleanRun;
using ::testing::Each;
using ::testing::StartsWith;
using testing::Told;

observe::Observation Printing(const std::string& text) {
  auto run = CleanRun();
  run.out.head = text;
  return run;
}

TEST(PrintsLines, AcceptsExactlyItsLines) {
  EXPECT_EQ(Told(PrintsLines({"a", "b"}), Printing("a\nb\n")), "");
  EXPECT_EQ(Told(PrintsLines({}), Printing("")), "");
}

TEST(PrintsLines, TellsTheFirstLineThatDiffers) {
  EXPECT_EQ(Told(PrintsLines({"a", "b"}), Printing("a\nc\x1b\n")),
            "expected: it prints these 2 lines\n"
            "happened: line 2 is different\n"
            "- line 2 should be \"b\"\n"
            "- line 2 is \"c\\x1b\"\n"
            "run: ./reap nohang 3");
}

TEST(PrintsLines, TellsMissingAndSurplusLines) {
  EXPECT_EQ(Told(PrintsLines({"done"}), Printing("")),
            "expected: it prints the line \"done\"\n"
            "happened: it printed nothing\n"
            "- line 1 should be \"done\"\n"
            "run: ./reap nohang 3");
  EXPECT_EQ(Told(PrintsLines({"a", "b"}), Printing("a\n")),
            "expected: it prints these 2 lines\n"
            "happened: line 2 is missing\n"
            "- line 2 should be \"b\"\n"
            "run: ./reap nohang 3");
  EXPECT_EQ(Told(PrintsLines({"a"}), Printing("a\na\n")),
            "expected: it prints the line \"a\"\n"
            "happened: it printed 1 line too many\n"
            "- line 2 is \"a\"\n"
            "run: ./reap nohang 3");
}

TEST(PrintsLines, WantsANewlineAfterTheLastLine) {
  EXPECT_EQ(Told(PrintsLines({"a"}), Printing("a")),
            "expected: it prints the line \"a\"\n"
            "happened: the last line has no newline at its end\n"
            "run: ./reap nohang 3");
}

TEST(PrintsLines, RefusesOutputThatWasNotKeptWhole) {
  auto run = Printing("a\n");
  run.out.left_out = 10;
  run.out.tail = "b\n";
  EXPECT_NE(Told(PrintsLines({"a", "b"}), run), "");
  EXPECT_NE(Told(PrintsLinesInAnyOrder({"a", "b"}), run), "");
}

TEST(PrintsLinesInAnyOrder, CountsEachLine) {
  EXPECT_EQ(Told(PrintsLinesInAnyOrder({"a", "b"}), Printing("b\na\n")), "");
  EXPECT_EQ(Told(PrintsLinesInAnyOrder({"a", "b"}), Printing("b\nb\nc\n")),
            "expected: it prints these 2 lines, in any order\n"
            "happened: 1 line is missing, 2 lines are too many\n"
            "- missing: \"a\"\n"
            "- too many: \"b\"\n"
            "- too many: \"c\"\n"
            "run: ./reap nohang 3");
}

TEST(PrintsLinesThat, SaysWhatTheLabSays) {
  EXPECT_EQ(Told(PrintsLinesThat("each line is a tick", Each(StartsWith("tick"))), Printing("tick\ntick\n")), "");
  EXPECT_EQ(Told(PrintsLinesThat("each line is a tick", Each(StartsWith("tick"))), Printing("tack\n")),
            "expected: each line is a tick\n"
            "happened: it printed other lines\n"
            "- printed: \"tack\"\n"
            "run: ./reap nohang 3");
}

TEST(PrintsNothing, TellsTheFirstLine) {
  EXPECT_EQ(Told(PrintsNothing(), CleanRun()), "");
  EXPECT_EQ(Told(PrintsNothing(), Printing("hello\nyou\n")),
            "expected: it prints nothing\n"
            "happened: it printed 2 lines\n"
            "- the first is \"hello\"\n"
            "run: ./reap nohang 3");
}

TEST(PrintsOneErrorLine, WantsOneLineOnStderrAlone) {
  auto run = CleanRun();
  EXPECT_NE(Told(PrintsOneErrorLine(), run), "");
  run.err.head = "usage: reap waitall N\n";
  EXPECT_EQ(Told(PrintsOneErrorLine(), run), "");
  run.err.head = "usage: reap waitall N\nor nohang N\n";
  EXPECT_EQ(Told(PrintsOneErrorLine(), run),
            "expected: it prints one line to stderr, and nothing to stdout\n"
            "happened: it printed 2 lines to stderr\n"
            "run: ./reap nohang 3");
  run.err.head = "  \n";
  EXPECT_NE(Told(PrintsOneErrorLine(), run), "");
  run.err.head = "usage";
  run.out.head = "oops\n";
  EXPECT_NE(Told(PrintsOneErrorLine(), run), "");
}

}  // namespace
}  // namespace grader::checks
