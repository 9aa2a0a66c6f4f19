#include "grader/build/diagnostics.h"

#include <gtest/gtest.h>

namespace grader::build {
namespace {

TEST(Diagnostics, PutsErrorsBeforeWarnings) {
  const auto read = ReadDiagnostics(
      "reap.cpp: In function 'int main()':\n"
      "reap.cpp:3:7: warning: unused variable 'x' [-Wunused-variable]\n"
      "    3 |   int x;\n"
      "reap.cpp:4:3: error: 'y' was not declared in this scope\n"
      "    4 |   y = 1;\n"
      "reap.cpp:4:3: note: suggested alternative: 'x'\n");
  EXPECT_EQ(read.errors, 1);
  EXPECT_EQ(read.warnings, 1);
  EXPECT_EQ(read.text,
            "reap.cpp:4:3: error: 'y' was not declared in this scope\n"
            "    4 |   y = 1;\n"
            "reap.cpp:4:3: note: suggested alternative: 'x'\n"
            "reap.cpp: In function 'int main()':\n"
            "reap.cpp:3:7: warning: unused variable 'x' [-Wunused-variable]\n"
            "    3 |   int x;\n");
}

TEST(Diagnostics, KeepsAnErrorWithItsIncludes) {
  const std::string raw =
      "In file included from a.h:1,\n"
      "                 from reap.cpp:1:\n"
      "b.h:1:1: error: expected unqualified-id\n";
  EXPECT_EQ(ReadDiagnostics(raw).text, raw);
}

TEST(Diagnostics, CountsUndefinedNames) {
  const auto read = ReadDiagnostics(
      "/usr/bin/ld: /tmp/ccA.o: in function `main':\n"
      "/submission/reap.cpp:3: undefined reference to `f()'\n"
      "collect2: error: ld returned 1 exit status\n");
  EXPECT_EQ(read.undefined, 1);
  EXPECT_EQ(read.errors, 0);
  EXPECT_EQ(read.text.find("/submission/"), std::string::npos);
}

TEST(Diagnostics, SaysNothingOfTheCodeThatCallsMain) {
  const std::string raw =
      "/usr/bin/ld: /usr/lib/gcc/x86_64-linux-gnu/12/../../../x86_64-linux-gnu/Scrt1.o: in function `_start':\n"
      "(.text+0x17): undefined reference to `main'\n"
      "collect2: error: ld returned 1 exit status\n";
  const auto read = ReadDiagnostics(raw);
  EXPECT_TRUE(read.no_main);
  EXPECT_EQ(read.undefined, 0);
  EXPECT_EQ(read.text, "");
  const auto warned = ReadDiagnostics("reap.cpp:3:7: warning: unused variable 'x' [-Wunused-variable]\n" + raw);
  EXPECT_EQ(warned.text, "reap.cpp:3:7: warning: unused variable 'x' [-Wunused-variable]\n");
}

TEST(Diagnostics, BoundsText) {
  std::string raw;
  for (int i = 0; i < 5000; ++i) raw += "reap.cpp:1:1: error: no\n";
  const auto read = ReadDiagnostics(raw + "reap.cpp:2:2: error: " + std::string(100'000, 'x') + "\n");
  EXPECT_LT(read.text.size(), 20'000u);
  EXPECT_EQ(read.errors, 5001);
  EXPECT_NE(read.text.find(" more messages)\n"), std::string::npos);
}

}  // namespace
}  // namespace grader::build
