// grade explore, on real programs under the real scheduler.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "tests/cli/fake_course.h"

namespace grader::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

constexpr const char* kRace = R"(#include <cstdio>
#include <thread>

int counter = 0;

void Work() {
  counter++;
}

int main() {
  std::thread one(Work);
  std::thread two(Work);
  one.join();
  two.join();
  std::printf("%d\n", counter);
}
)";

constexpr const char* kRight = R"(#include <cstdio>
#include <mutex>
#include <thread>

std::mutex mutex;
int counter = 0;

void Work() {
  const std::lock_guard lock(mutex);
  counter++;
}

int main(int argc, char** argv) {
  std::thread one(Work);
  std::thread two(Work);
  one.join();
  two.join();
  std::printf("%d %s\n", counter, argc > 1 ? argv[1] : "");
}
)";

constexpr const char* kDeadlock = R"(#include <mutex>
#include <thread>

std::mutex a;
std::mutex b;

int main() {
  std::thread other([] {
    std::lock_guard first(b);
    std::lock_guard second(a);
  });
  {
    std::lock_guard first(a);
    std::lock_guard second(b);
  }
  other.join();
}
)";

// The text with each token replaced, since hashes differ from one compiler to the next.
std::string WithoutTokens(std::string text) {
  constexpr std::string_view kReplay = "--replay ";
  for (auto at = text.find(kReplay); at != std::string::npos; at = text.find(kReplay, at + 1)) {
    const auto from = at + kReplay.size();
    text.replace(from, text.find_first_of(" \n", from) - from, "TOKEN");
  }
  return text;
}

std::string TokenIn(const std::string& text) {
  constexpr std::string_view kReplay = "--replay ";
  const auto at = text.find(kReplay);
  if (at == std::string::npos) return {};
  const auto from = at + kReplay.size();
  return text.substr(from, text.find_first_of(" \n", from) - from);
}

class Explore : public ::testing::Test {
 protected:
  Explore() {
    std::filesystem::create_directories(course_.root() / "lib/grade");
    std::filesystem::copy_file(SCHEDULE_RUNTIME, course_.root() / "lib/grade/libgrade_schedule.so");
  }

  Ended Run(const std::string& program, std::vector<std::string> words = {}) {
    course_.Write("work/program.cpp", program);
    words.insert(words.begin(), {"explore", "program.cpp"});
    return course_.Run(words);
  }

  FakeCourse course_;
};

TEST_F(Explore, FindsARace) {
  const Ended ended = Run(kRace);
  EXPECT_EQ(ended.status, 1) << ended.err;
  EXPECT_EQ(WithoutTokens(ended.out), R"(TO BE SEEN)");
}

TEST_F(Explore, ExplainsADeadlock) {
  const Ended ended = Run(kDeadlock);
  EXPECT_EQ(ended.status, 1) << ended.err;
  EXPECT_EQ(WithoutTokens(ended.out), R"(TO BE SEEN)");
}

TEST_F(Explore, ReplaysWhatItFoundStepByStep) {
  const Ended found = Run(kDeadlock);
  ASSERT_EQ(found.status, 1) << found.err;
  const Ended again = Run(kDeadlock, {"--replay", TokenIn(found.out), "--steps"});
  EXPECT_EQ(again.status, 1) << again.err;
  EXPECT_EQ(TokenIn(again.out), TokenIn(found.out));
  EXPECT_EQ(WithoutTokens(again.out), R"(TO BE SEEN)");
}

TEST_F(Explore, SaysHowFarItLooked) {
  const Ended ended = Run(kRight);
  EXPECT_EQ(ended.status, 0) << ended.out << ended.err;
  EXPECT_THAT(ended.out, MatchesRegex("NOTHING FOUND  verified: all [0-9,]+ interleavings\n"));
}

TEST_F(Explore, GivesArgumentsToTheProgramAndFlagsToTheCompiler) {
  constexpr const char* kProgram = R"(#include <string>
int main(int argc, char** argv) { return argc == 3 && std::string(argv[2]) == "--x" ? VALUE : 0; }
)";
  const Ended ended = Run(kProgram, {"-DVALUE=7", "-O0", "--", "a b", "--x"});
  EXPECT_EQ(ended.status, 1) << ended.err;
  EXPECT_THAT(ended.out,
              AllOf(HasSubstr("it ended with status 7"), HasSubstr("explore program.cpp -DVALUE=7 -O0 --replay "),
                    HasSubstr(" --steps -- 'a b' --x\n")));
}

TEST_F(Explore, BuildsSeveralFilesWithTheirHeaders) {
  course_.Write("work/parts/part.cpp", "#include \"part.h\"\nint Part() { return 0; }\n");
  course_.Write("work/include/part.h", "int Part();\n");
  const Ended ended = Run("#include \"part.h\"\nint main() { return Part(); }\n", {"parts/part.cpp", "-Iinclude"});
  EXPECT_EQ(ended.status, 0) << ended.out << ended.err;
}

TEST_F(Explore, ShowsWhatTheCompilerSays) {
  const Ended ended = Run("int main() { return nothing; }\n");
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.out, IsEmpty());
  EXPECT_EQ(ended.err, R"(program.cpp: In function ‘int main()’:
program.cpp:1:21: error: ‘nothing’ was not declared in this scope
    1 | int main() { return nothing; }
      |                     ^~~~~~~
grade: program.cpp does not compile: 1 error
)");
}

TEST_F(Explore, NamesTheCallItHasNoModelOf) {
  const Ended ended = Run("#include <unistd.h>\nint main() { return fork() == 0 ? 0 : 0; }\n");
  EXPECT_EQ(ended.status, 3) << ended.out;
  EXPECT_THAT(ended.out, IsEmpty());
  EXPECT_THAT(ended.err, HasSubstr("the scheduler has no model of fork"));
}

TEST_F(Explore, RefusesWhatItCannotUse) {
  const auto complaint = [&](std::vector<std::string> words) {
    words.insert(words.begin(), "explore");
    const Ended ended = course_.Run(words);
    EXPECT_EQ(ended.status, 2) << ended.out;
    return ended.err;
  };
  course_.Write("work/program.cpp", kRight);
  course_.Write("work/notes.txt", "");
  EXPECT_EQ(complaint({"missing.cpp"}), "grade: there is no file 'missing.cpp'\n");
  EXPECT_EQ(complaint({"notes.txt"}),
            "grade: 'notes.txt' is no C++ source; name the program's .cpp files, and write its arguments behind --\n");
  EXPECT_EQ(complaint({"program.cpp", "--replay", "x"}),
            "grade: 'x' is no token of a schedule; copy the one that was shown behind --replay\n");
  EXPECT_THAT(complaint({}), StartsWith("grade: "));
}

}  // namespace
}  // namespace grader::cli
