#include "grader/report/wrap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace grader::report {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(DisplayWidth, CountsColumnsNotBytes) {
  EXPECT_EQ(DisplayWidth("caf\u00e9"), 4);
  EXPECT_EQ(DisplayWidth("cafe\u0301"), 4);
  EXPECT_EQ(DisplayWidth("\u4e2d\u6587"), 4);
  EXPECT_EQ(DisplayWidth("\U0001F600"), 2);
  EXPECT_EQ(DisplayWidth(""), 0);
}

TEST(Wrapped, BreaksAtBlanks) {
  EXPECT_THAT(Wrapped("one two three", 7), ElementsAre("one two", "three"));
  EXPECT_THAT(Wrapped("one two three", 8), ElementsAre("one two", "three"));
  EXPECT_THAT(Wrapped("one two three", 13), ElementsAre("one two three"));
}

TEST(Wrapped, BreaksWordsLongerThanALine) {
  EXPECT_THAT(Wrapped("abcdefgh ij", 3), ElementsAre("abc", "def", "gh", "ij"));
}

TEST(Wrapped, KeepsLinesAndTheirIndentation) {
  EXPECT_THAT(Wrapped("  a b c\nd\n\ne", 5), ElementsAre("  a b", "c", "d", "", "e"));
}

TEST(Wrapped, WrapsByColumns) {
  EXPECT_THAT(Wrapped("\u4e2d\u6587\u4e2d", 4), ElementsAre("\u4e2d\u6587", "\u4e2d"));
  EXPECT_THAT(Wrapped("\u4e2d\u6587", 1), ElementsAre("\u4e2d", "\u6587"));
}

TEST(Wrapped, HasALineForNothing) { EXPECT_THAT(Wrapped("", 10), ElementsAre("")); }

TEST(Wrapped, DropsBlanksAtTheEndOfALine) { EXPECT_THAT(Wrapped("ab   ", 3), ElementsAre("ab")); }

TEST(Clipped, SaysThatItCut) {
  EXPECT_EQ(Clipped("abcdef", 6), "abcdef");
  EXPECT_EQ(Clipped("abcdefg", 6), "abcde…");
  EXPECT_EQ(Clipped("\u4e2d\u6587\u4e2d", 4), "\u4e2d…");
}

TEST(Lines, HaveNoNewlinesAndNoEmptyEnd) {
  EXPECT_THAT(Lines("a\n\nb\n\n"), ElementsAre("a", "", "b"));
  EXPECT_THAT(Lines("\n"), IsEmpty());
  EXPECT_THAT(Lines(""), IsEmpty());
}

}  // namespace
}  // namespace grader::report
