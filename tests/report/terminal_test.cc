#include "grader/report/terminal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "grader/report/wrap.h"
#include "tests/report/golden.h"
#include "tests/report/hostile.h"
#include "tests/report/samples.h"

namespace grader::report {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TerminalOptions Plain(int width = 80) { return {.style = {.width = width}, .junit = "lab02-reap.xml"}; }

TerminalOptions Coloured() { return {.style = {.colour = Colour::kAlways}, .junit = "lab02-reap.xml"}; }

TerminalOptions Verbose() { return {.style = {}, .detail = Detail::kFull, .junit = "lab02-reap.xml"}; }

TEST(Terminal, AllPassed) { ExpectGolden("all_passed.txt", TerminalText(AllPassed(), Plain())); }

TEST(Terminal, ZombieFailure) { ExpectGolden("zombie.txt", TerminalText(ZombieFailure(), Plain())); }

TEST(Terminal, CompileError) { ExpectGolden("compile_error.txt", TerminalText(CompileError(), Plain())); }

TEST(Terminal, UntouchedSkeleton) { ExpectGolden("skeleton.txt", TerminalText(UntouchedSkeleton(), Plain())); }

TEST(Terminal, GraderFault) { ExpectGolden("fault.txt", TerminalText(GraderFault(), Plain())); }

TEST(Terminal, OnlyOneAsked) { ExpectGolden("only.txt", TerminalText(OnlyOneAsked(), Plain())); }

TEST(Terminal, ZombieFailureInFortyColumns) { ExpectGolden("zombie_40.txt", TerminalText(ZombieFailure(), Plain(40))); }

TEST(Terminal, ZombieFailureInColour) { ExpectGolden("zombie_colour.txt", TerminalText(ZombieFailure(), Coloured())); }

TEST(Terminal, SkeletonVerbosely) {
  ExpectGolden("skeleton_verbose.txt", TerminalText(UntouchedSkeleton(), Verbose()));
}

TEST(Terminal, ZombieVerbosely) { ExpectGolden("zombie_verbose.txt", TerminalText(ZombieFailure(), Verbose())); }

TEST(Terminal, NoLineIsWiderThanTheTerminalButWhatIsToBeCopied) {
  for (const int width : {20, 40, 59, 60, 80, 100}) {
    for (const Grading& grading : {AllPassed(), ZombieFailure(), UntouchedSkeleton(), GraderFault(), OnlyOneAsked()}) {
      for (const std::string& line : Lines(TerminalText(grading, Plain(width)))) {
        if (line.find("./grade") == std::string::npos) {
          EXPECT_LE(DisplayWidth(line), width) << line;
        }
      }
    }
  }
}

TEST(Terminal, HoldsNoEscapeSequenceWithoutColour) {
  EXPECT_THAT(TerminalText(ZombieFailure(), Plain()), Not(HasSubstr("\x1b")));
}

TEST(Terminal, WhateverASubmissionPrintsIsSafe) {
  for (const auto& [name, bytes] : HostileTexts()) {
    for (const Detail detail : {Detail::kBrief, Detail::kFull}) {
      const std::string text = TerminalText(FilledWith(bytes), {.style = {}, .detail = detail});
      for (const char c : text) {
        ASSERT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20) << name;
      }
      for (const std::string& line : Lines(text)) {
        EXPECT_NE(line.substr(std::min(line.find_first_not_of(' '), line.size())).substr(0, 2), "::") << name;
      }
      EXPECT_THAT(text, Not(HasSubstr("##"))) << name;
      EXPECT_LT(text.size(), std::size_t{4} << 20) << name;
    }
  }
}

TEST(Terminal, ShowsRemarksAboutABuildThatWentWell) {
  Grading grading = AllPassed();
  grading.builds.front().messages =
      "note: reap.cpp is used; reap.py is ignored.\nreap.cpp:3:7: warning: unused variable 'x'\n";
  EXPECT_THAT(TerminalText(grading, Plain()),
              AllOf(HasSubstr("NOTE  reap.cpp is used; reap.py is ignored.\n"), Not(HasSubstr("unused"))));
  EXPECT_THAT(TerminalText(grading, Verbose()), AllOf(HasSubstr("reap.py is ignored"), HasSubstr("unused variable")));
}

TEST(Terminal, ShowsTheHintThatFitsTheFailure) {
  Grading grading = ZombieFailure();
  const std::string own = "One SIGCHLD can stand for many";
  EXPECT_THAT(TerminalText(grading, Plain()), HasSubstr(own));
  for (GradedCheck& check : grading.checks) {
    for (checks::Failure& failure : check.result.failures) {
      failure.hint = "Look for the crash.";
    }
  }
  EXPECT_THAT(TerminalText(grading, Plain()), AllOf(HasSubstr("Look for the crash."), Not(HasSubstr(own))));
}

TEST(Terminal, HiddenChecksStayHidden) {
  Grading grading = UntouchedSkeleton();
  EXPECT_THAT(TerminalText(grading, Verbose()), Not(HasSubstr("storm")));
  TerminalOptions options = Plain();
  options.detail = Detail::kFull;
  options.audience = Audience::kInstructor;
  EXPECT_THAT(TerminalText(grading, options), HasSubstr("survives a storm of signals"));
}

}  // namespace
}  // namespace grader::report
