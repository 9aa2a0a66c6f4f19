#include "grader/build/builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/build/builder_fixture.h"

namespace grader::build {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;
using BuilderTest = testing::BuilderTest;

constexpr const char* kHello = "#include <cstdio>\nint main() { puts(\"hello\"); }\n";

TEST_F(BuilderTest, BuildsAProgramThatRuns) {
  const auto result = BuildSource(kHello);
  ASSERT_EQ(result.status, BuildStatus::kBuilt) << result.summary << result.messages;
  EXPECT_EQ(result.summary, "reap.cpp is built");
  EXPECT_EQ(result.messages, "");
  EXPECT_FALSE(result.program.python);
  EXPECT_THAT(result.program.argv, ::testing::ElementsAre("/box/reap"));
  EXPECT_EQ(Output(result.program), "hello\n");
}

TEST_F(BuilderTest, KeepsTheProgramWhereNobodyCanWrite) {
  const auto result = BuildSource(kHello);
  struct stat status = {};
  ASSERT_EQ(stat(result.program.host.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0555u);
  const auto student = result.program.host.parent_path().parent_path();
  ASSERT_EQ(stat(student.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0700u);
}

TEST_F(BuilderTest, LeavesNothingButTheEntry) {
  const auto result = BuildSource(kHello);
  const auto student = result.program.host.parent_path().parent_path();
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(student), {}), 1);
}

TEST_F(BuilderTest, TellsThatMainIsMissing) {
  for (const char* source : {"", "int mian() { return 0; }\n"}) {
    const auto result = BuildSource(source);
    EXPECT_EQ(result.status, BuildStatus::kCompileError);
    EXPECT_EQ(result.summary, "reap.cpp has no main()");
    EXPECT_EQ(result.messages, "");
  }
}

TEST_F(BuilderTest, CompilesTheSameInputsOnce) {
  EXPECT_FALSE(BuildSource(kHello).cached);
  const auto again = Build();
  EXPECT_TRUE(again.cached);
  EXPECT_EQ(Output(again.program), "hello\n");
}

TEST_F(BuilderTest, CompilesAnewWhenAHeaderChanges) {
  Write("text.h", "#define TEXT \"one\"\n");
  const auto first = BuildSource("#include <cstdio>\n#include \"text.h\"\nint main() { puts(TEXT); }\n");
  EXPECT_EQ(Output(first.program), "one\n");
  Write("text.h", "#define TEXT \"two\"\n");
  const auto second = Build();
  EXPECT_FALSE(second.cached);
  EXPECT_EQ(Output(second.program), "two\n");
}

TEST_F(BuilderTest, CompilesAnewWhenFlagsChange) {
  target_.flags = {"-DTEXT=\"one\""};
  const auto first = BuildSource("#include <cstdio>\nint main() { puts(TEXT); }\n");
  target_.flags = {"-DTEXT=\"two\""};
  const auto second = Build();
  EXPECT_EQ(Output(first.program) + Output(second.program), "one\ntwo\n");
}

TEST_F(BuilderTest, BuildsADamagedEntryAnew) {
  const auto first = BuildSource(kHello);
  std::filesystem::permissions(first.program.host, std::filesystem::perms::owner_all);
  std::filesystem::resize_file(first.program.host, 100);
  const auto second = Build();
  EXPECT_FALSE(second.cached);
  EXPECT_EQ(Output(second.program), "hello\n");
}

TEST_F(BuilderTest, KeepsStudentsApart) {
  const auto mine = BuildSource(kHello);
  const testing::TemporaryFolder other;
  other.Write("reap.cpp", kHello);
  const auto theirs = Builder(*spawner_, cache_.path()).Build(other.path(), target_);
  EXPECT_FALSE(theirs.cached);
  EXPECT_NE(mine.program.host, theirs.program.host);
}

TEST_F(BuilderTest, UsesWhatWasBuiltForALender) {
  const auto lent = BuildSource(kHello);
  const testing::TemporaryFolder variant;
  variant.Write("reap.cpp", kHello);
  const auto same = Builder(*spawner_, cache_.path(), submission_.path()).Build(variant.path(), target_);
  EXPECT_TRUE(same.cached);
  EXPECT_EQ(same.program.host, lent.program.host);
  variant.Write("reap.cpp", "int main() { return 3; }\n");
  EXPECT_FALSE(Builder(*spawner_, cache_.path(), submission_.path()).Build(variant.path(), target_).cached);
}

TEST_F(BuilderTest, TellsErrorsAsTheStudentKnowsTheFile) {
  const auto result = BuildSource("int main() {\n  int unused;\n  return x;\n}\n");
  EXPECT_EQ(result.status, BuildStatus::kCompileError);
  EXPECT_EQ(result.summary, "reap.cpp does not compile: 1 error");
  EXPECT_THAT(result.messages, StartsWith("reap.cpp: In function"));
  EXPECT_THAT(result.messages, HasSubstr("reap.cpp:3:10: error: "));
  EXPECT_TRUE(Build().cached) << "an error is the same the second time";
}

TEST_F(BuilderTest, TellsUndefinedNames) {
  const auto result = BuildSource("void nowhere();\nint main() { nowhere(); }\n");
  EXPECT_EQ(result.status, BuildStatus::kCompileError);
  EXPECT_EQ(result.summary, "reap.cpp does not link: 1 undefined name");
  EXPECT_THAT(result.messages, HasSubstr("nowhere"));
}

TEST_F(BuilderTest, CountsWarnings) {
  const auto result = BuildSource("int main() { int x; }\n");
  EXPECT_EQ(result.status, BuildStatus::kBuilt);
  EXPECT_EQ(result.summary, "reap.cpp is built, with 1 warning");
  EXPECT_THAT(result.messages, HasSubstr("-Wunused-variable"));
}

TEST_F(BuilderTest, TellsThatBothFormsAreMissing) {
  const auto result = Build();
  EXPECT_EQ(result.status, BuildStatus::kMissing);
  EXPECT_EQ(result.summary, "reap.cpp is missing, and so is reap.py");
}

TEST_F(BuilderTest, RunsPythonWithItsModules) {
  Write("reap.py", "import words\nprint(words.TEXT)\n");
  Write("words.py", "TEXT = 'hello'\n");
  const auto result = Build();
  ASSERT_EQ(result.status, BuildStatus::kBuilt) << result.summary << result.messages;
  EXPECT_TRUE(result.program.python);
  EXPECT_EQ(Output(result.program), "hello\n");
  EXPECT_TRUE(Build().cached);
}

TEST_F(BuilderTest, TellsWhatPythonDoesNotUnderstand) {
  Write("reap.py", "print('a'\n");
  const auto result = Build();
  EXPECT_EQ(result.status, BuildStatus::kCompileError);
  EXPECT_EQ(result.summary, "reap.py is not valid Python");
  EXPECT_THAT(result.messages, HasSubstr("File \"reap.py\", line 1"));
}

TEST_F(BuilderTest, RunsNothingOfThePythonItReads) {
  Write("reap.py", "pass\n");
  Write("traceback.py", "raise SystemExit(1)\n");  // would be imported instead of Python's own
  EXPECT_EQ(Build().status, BuildStatus::kBuilt);
}

TEST_F(BuilderTest, SaysWhichFormIsUsedIfThereAreBoth) {
  Write("reap.py", "pass\n");
  const auto result = BuildSource(kHello);
  EXPECT_FALSE(result.program.python);
  EXPECT_EQ(result.messages, "note: reap.cpp is used; reap.py is ignored. Remove reap.cpp to hand in Python.\n");
}

TEST_F(BuilderTest, SaysWhichHeadersItLeftOut) {
  std::filesystem::create_symlink("/etc/hostname", submission_.path() / "host.h");
  const auto result = BuildSource("#include \"host.h\"\nint main() {}\n");
  EXPECT_EQ(result.status, BuildStatus::kCompileError);
  EXPECT_THAT(result.messages, StartsWith("note: host.h is a link; put the file itself there; it was left out\n"));
}

TEST_F(BuilderTest, CompilesTrustedSourcesWithTheStudents) {
  const testing::TemporaryFolder lab;
  lab.Write("probe.cpp", "#include \"probe.h\"\n#include \"reap.h\"\nint main() { return Print(kText); }\n");
  lab.Write("probe.h", "inline const char* kText = \"probed\";\n");
  target_.extra_sources = {lab.path() / "probe.cpp"};
  Write("reap.h", "int Print(const char* text);\n");
  const auto result =
      BuildSource("#include <cstdio>\n#include \"reap.h\"\nint Print(const char* text) { return puts(text) < 0; }\n");
  ASSERT_EQ(result.status, BuildStatus::kBuilt) << result.messages;
  EXPECT_EQ(Output(result.program), "probed\n");
}

TEST_F(BuilderTest, CompilesADriverOnceForAllWhoLeftItsHeadersAsTheyAre) {
  const testing::TemporaryFolder lab;
  lab.Write("driver.cpp", "#include \"reap.h\"\nint main() { return Print(); }\n");
  target_.extra_sources = {lab.path() / "driver.cpp"};
  Write("reap.h", "int Print();\n");
  const std::string start = "#include <cstdio>\n#include \"reap.h\"\nint Print() { return puts(\"";
  EXPECT_EQ(Output(BuildSource(start + "one\") < 0; }\n").program), "one\n");
  EXPECT_EQ(Output(BuildSource(start + "two\") < 0; }\n").program), "two\n");
  const auto objects = [this] {
    const std::filesystem::directory_iterator entries(cache_.path() / "shared");
    return std::distance(begin(entries), end(entries));
  };
  EXPECT_EQ(objects(), 1);
  Write("other.h", "int Another();\n");
  EXPECT_EQ(Output(BuildSource("#include \"other.h\"\n" + start + "three\") < 0; }\n").program), "three\n");
  EXPECT_EQ(objects(), 1);
  Write("reap.h", "int Print();  // changed\n");
  EXPECT_EQ(Build().status, BuildStatus::kBuilt);
  EXPECT_EQ(objects(), 2);
}

TEST_F(BuilderTest, TellsWhatADriverMissesInTheHeaders) {
  const testing::TemporaryFolder lab;
  lab.Write("driver.cpp", "#include \"reap.h\"\nint main() { return Print(); }\n");
  target_.extra_sources = {lab.path() / "driver.cpp"};
  Write("reap.h", "int Printed();\n");
  const auto result = BuildSource("#include \"reap.h\"\nint Printed() { return 0; }\n");
  EXPECT_EQ(result.status, BuildStatus::kCompileError);
  EXPECT_EQ(result.summary, "a program that uses your headers does not compile (1 error): keep what is fixed in them");
  EXPECT_THAT(result.messages, HasSubstr("was not declared in this scope"));
}

TEST_F(BuilderTest, PutsGivenHeadersInThePlaceOfTheStudents) {
  const testing::TemporaryFolder skeleton;
  skeleton.Write("task.hpp", "inline const char* kText = \"given\";\n");
  target_.given = {skeleton.path() / "task.hpp"};
  Write("task.hpp", "inline const char* kText = \"changed\";\n");
  Write("reap.h", "#include \"task.hpp\"\n");
  const auto result = BuildSource("#include <cstdio>\n#include \"reap.h\"\nint main() { return puts(kText) < 0; }\n");
  ASSERT_EQ(result.status, BuildStatus::kBuilt) << result.messages;
  EXPECT_EQ(Output(result.program), "given\n");
}

// A program that is run under the controlled scheduler, linked with the real runtime.
class ScheduledBuilderTest : public BuilderTest {
 protected:
  ScheduledBuilderTest() { target_.runtime = GRADE_SCHEDULE_RUNTIME; }
};

TEST_F(ScheduledBuilderTest, RefusesWhatTheRuntimeMustDefine) {
  const auto result = BuildSource("extern \"C\" {\nvoid __tsan_read4(void*) {}\n}\nint main() {}\n");
  EXPECT_EQ(result.status, BuildStatus::kCompileError);
  EXPECT_EQ(result.summary,
            "reap.cpp defines __tsan_read4, which is the system's: take it out, or give it another name");
  EXPECT_EQ(Build().summary, result.summary) << "the second time";
}

TEST_F(ScheduledBuilderTest, RefusesItHoweverHiddenItIs) {
  for (const std::string definition :
       {"extern \"C\" __attribute__((visibility(\"hidden\"))) int pthread_mutex_lock(void*) { return 0; }",
        "extern \"C\" __attribute__((weak)) void* malloc(unsigned long) { return nullptr; }",
        "static void none(void*) asm(\"__tsan_write8\");\n__attribute__((used)) static void none(void*) {}",
        "int syscall = 0;"}) {
    EXPECT_EQ(BuildSource(definition + "\nint main() {}\n").status, BuildStatus::kCompileError) << definition;
  }
}

TEST_F(ScheduledBuilderTest, AcceptsTheSameNamesWhereTheyMeanSomethingElse) {
  const auto result = BuildSource(
      "#include <string>\nnamespace mine { int time = 1; int read(const std::string&) { return time; } }\n"
      "struct Clock { int clock() { return 2; } static int sleep() { return 3; } };\n"
      "static int semop = 4;\nint wait(const char*, int) { return semop; }\n"
      "int main() { return mine::read(\"\") + Clock().clock() + Clock::sleep() + wait(\"\", 0) - 10; }\n");
  EXPECT_EQ(result.status, BuildStatus::kBuilt) << result.messages;
}

}  // namespace
}  // namespace grader::build
