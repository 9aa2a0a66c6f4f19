// grade explore, on real programs under the real scheduler.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <string>

#include "tests/cli/fake_course.h"

namespace grader::cli {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
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

// The text without what may differ from one compiler, runtime or folder to the next: which schedule it was, its token,
// and where the command is.
std::string Settled(const std::string& text) {
  std::string settled = std::regex_replace(text, std::regex("--replay [^ \n]+"), "--replay TOKEN");
  settled = std::regex_replace(settled, std::regex("schedule  [^\n]*\n( {12}[^\n]*\n)*"), "schedule  ...\n");
  return std::regex_replace(settled, std::regex("[^ ]*/bin/grade"), "grade");
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
  Explore() { course_.TakeRuntime(SCHEDULE_RUNTIME); }

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
  EXPECT_EQ(Settled(ended.out), R"(FOUND  a data race on counter: thread 2 reads it at program.cpp:7, thread 1
       writes it at program.cpp:7
            · thread 2 (started at program.cpp:12) reads 4 bytes, with no lock
              held, at program.cpp:7, in Work: counter++;
            · thread 1 (started at program.cpp:11) writes 4 bytes, with no lock
              held, at program.cpp:7, in Work: counter++;
            · 1 more data race in the same run
  look at   program.cpp:7
  printed   2
  schedule  ...
  hint      Nothing orders the two. Let both hold one mutex, or make it a
            std::atomic; or let one thread be joined, or notify the other, in
            between.
  again
    grade explore program.cpp --replay TOKEN --steps
)");
}

TEST_F(Explore, ExplainsADeadlock) {
  const Ended ended = Run(kDeadlock);
  EXPECT_EQ(ended.status, 1) << ended.err;
  EXPECT_EQ(Settled(ended.out), R"(FOUND  deadlock: the main thread waits for mutex b, which thread 1 holds, and
       thread 1 waits for mutex a, which the main thread holds
            · the main thread holds mutex a, locked at program.cpp:13, and waits
              for mutex b at program.cpp:14, in main: std::lock_guard second(b);
            · thread 1 (started at program.cpp:11) holds mutex b, locked at
              program.cpp:9, and waits for mutex a at program.cpp:10, in a
              lambda: std::lock_guard second(a);
  look at   program.cpp:14
  schedule  ...
  hint      Each waits for what the next one holds. Take locks in one order
            everywhere, or both at once (std::scoped_lock), or free one before
            the next is taken.
  again
    grade explore program.cpp --replay TOKEN --steps
)");
}

TEST_F(Explore, ReplaysWhatItFoundStepByStep) {
  const Ended found = Run(kDeadlock);
  ASSERT_EQ(found.status, 1) << found.err;
  const Ended again = Run(kDeadlock, {"--replay", TokenIn(found.out), "--steps"});
  EXPECT_EQ(again.status, 1) << again.err;
  EXPECT_EQ(TokenIn(again.out), TokenIn(found.out));
  EXPECT_THAT(again.out, HasSubstr("\n  steps     one thread at a time, from the start\n        the main thread  "));
  EXPECT_THAT(again.out, ContainsRegex("\n +[0-9]+  program.cpp:14 locks mutex b, must wait \\[mutex a\\]\n"));
  EXPECT_THAT(again.out, ContainsRegex("\n +[0-9]+ {20,}program.cpp:10 locks mutex a, must wait \\[mutex b\\]\n"));
}

TEST_F(Explore, SaysHowFarItLooked) {
  const Ended ended = Run(kRight);
  EXPECT_EQ(ended.status, 0) << ended.out << ended.err;
  EXPECT_THAT(ended.out, MatchesRegex("NOTHING FOUND  verified: all [0-9,]+ interleavings.*\n"));
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

TEST_F(Explore, TellsWhatGoesWrongInAnotherCourseEachTime) {
  const Ended ended = Run(R"(#include <atomic>
#include <thread>

std::atomic<int> turns = 0;
int number = 0;

int main() {
  std::thread other([] {
    for (auto i = __builtin_ia32_rdtsc() % 1'000; i > 0; --i) ++turns;  // no scheduler makes that the same
    number = 1;
  });
  number = 2;
  other.join();
}
)");
  EXPECT_EQ(ended.status, 1) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("a data race on number"));
}

TEST_F(Explore, SaysNothingAboutAProgramThatIsTooLong) {
  const Ended ended = Run(R"(#include <atomic>
#include <thread>

std::atomic<long> counter = 0;

int main() {
  std::thread other([] {
    for (long i = 0; i < 100'000'000; ++i) ++counter;
  });
  other.join();
}
)");
  EXPECT_EQ(ended.status, 3) << ended.out;
  EXPECT_THAT(ended.out, IsEmpty());
  EXPECT_THAT(ended.err, HasSubstr("no run had ended after 20 million steps; nothing is said about it"));
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
