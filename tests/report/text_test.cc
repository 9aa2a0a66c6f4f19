#include "grader/report/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/report/hostile.h"

namespace grader::report {
namespace {

using namespace std::string_literals;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Visible, LeavesPrintableTextAlone) {
  EXPECT_EQ(Visible("tick\ncaf\u00e9 \U0001F600 \u200D\n"), "tick\ncaf\u00e9 \U0001F600 \u200D\n");
}

TEST(Visible, ShowsControlsAsEscapes) {
  EXPECT_EQ(Visible("\x1b[31m\a\b\x7f"), "\\x1b[31m\\x07\\x08\\x7f");
  EXPECT_EQ(Visible("a\0b\r\n"s), "a\\0b\\r\n");
  EXPECT_EQ(Visible("\xc2\x9b"), "\\u{9b}");
}

TEST(Visible, ShowsEachInvalidByte) {
  EXPECT_EQ(Visible("a\xffz"), "a\\xffz");
  EXPECT_EQ(Visible("\xc0\x80"), "\\xc0\\x80");
  EXPECT_EQ(Visible("\xed\xa0\x80"), "\\xed\\xa0\\x80");
  EXPECT_EQ(Visible("\xe2\x82"), "\\xe2\\x82");
}

TEST(Visible, ShowsWhatReordersOrHidesText) {
  EXPECT_EQ(Visible("\u202e\u2066\u200b\ufeff"), "\\u{202e}\\u{2066}\\u{200b}\\u{feff}");
}

TEST(Visible, ExpandsTabsByColumns) {
  EXPECT_EQ(Visible("a\tb\n\tc"), "a       b\n        c");
  EXPECT_EQ(Visible("\u4e2d\tb"), "\u4e2d      b");
}

TEST(OneLine, IsOneLineWithSingleBlanks) {
  EXPECT_EQ(OneLine("  a\n\n b\t\tc \n"), "a b c");
  EXPECT_EQ(OneLine(" \n "), "");
}

TEST(XmlText, KeepsTabsAndEscapesWhatXmlForbids) { EXPECT_EQ(XmlText("\t\x1b\0\xff"s), "\t\\x1b\\0\\xff"); }

TEST(Utf8, ReplacesWhatIsInvalidAndKeepsControls) { EXPECT_EQ(Utf8("a\xff\x1b"), "a\uFFFD\x1b"); }

TEST(Bounded, KeepsWhatFits) { EXPECT_EQ(Bounded("abcd", os::Bytes{4}), "abcd"); }

TEST(Bounded, KeepsHeadAndTailAndCountsTheRest) {
  EXPECT_EQ(Bounded("abcdefghij", os::Bytes{4}), "ab\n… 6 bytes left out …\nij");
}

TEST(Bounded, NeverCutsASequence) {
  const std::string euros = "\u20ac\u20ac\u20ac\u20ac\u20ac";
  EXPECT_EQ(Bounded(euros, os::Bytes{8}), "\u20ac\n… 9 bytes left out …\n\u20ac");
}

TEST(Bounded, CutsAnywhereInBytesThatAreNoSequence) {
  const std::string bounded = Bounded(std::string(1000, '\x80'), os::Bytes{100});
  EXPECT_THAT(bounded, HasSubstr(" bytes left out "));
  EXPECT_LT(bounded.size(), 150u);
}

TEST(WithoutLogCommands, DefusesGithubCommandsAtTheBeginOfALine) {
  EXPECT_EQ(WithoutLogCommands("::error::x\n  ::set-output name=a::b\nstd::cout a::b"),
            "\\x3a:error::x\n  \\x3a:set-output name=a::b\nstd::cout a::b");
}

TEST(WithoutLogCommands, DefusesAzureAndTeamCityAnywhere) {
  EXPECT_EQ(WithoutLogCommands("a ##vso[x] ##[error] ##VSO[y] ##teamcity[z] ## [n]"),
            "a \\x23#vso[x] \\x23#[error] \\x23#VSO[y] \\x23#teamcity[z] ## [n]");
}

TEST(ShellWord, QuotesOnlyWhatNeedsIt) {
  EXPECT_EQ(ShellWord("Nohang.LeavesNoZombie/3"), "Nohang.LeavesNoZombie/3");
  EXPECT_EQ(ShellWord("my lab"), "'my lab'");
  EXPECT_EQ(ShellWord("it's"), "'it'\\''s'");
  EXPECT_EQ(ShellWord(""), "''");
  EXPECT_EQ(ShellWord("Nohang.*"), "'Nohang.*'");
}

TEST(Text, HoldsNothingThatSteersWhateverComes) {
  for (const auto& [name, bytes] : HostileTexts()) {
    const std::string visible = Visible(bytes);
    for (const char c : visible) {
      ASSERT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20) << name;
    }
    EXPECT_THAT(visible, Not(HasSubstr("\u202e"))) << name;
    EXPECT_THAT(OneLine(bytes), Not(HasSubstr("\n"))) << name;
    EXPECT_EQ(Utf8(visible), visible) << name;
  }
}

}  // namespace
}  // namespace grader::report
