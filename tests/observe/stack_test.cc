#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "grader/observe/module_maps.h"
#include "grader/observe/stack_snapshot.h"
#include "grader/observe/symbolizer.h"

namespace grader::observe {
namespace {

// A program that has stopped itself, and the snapshot taken then; it is dead by the time the snapshot is used.
StackSnapshot SnapshotOf(const std::string& program, StackSnapshot* again = nullptr) {
  const pid_t pid = fork();
  if (pid == 0) {
    execl(program.c_str(), program.c_str(), nullptr);
    _exit(127);
  }
  int status = 0;
  StackSnapshot snapshot;
  if (waitpid(pid, &status, WUNTRACED) == pid && WIFSTOPPED(status) && ptrace(PTRACE_SEIZE, pid, 0, 0) == 0) {
    user_regs_struct registers{};
    if (waitpid(pid, &status, __WALL) == pid && ptrace(PTRACE_GETREGS, pid, 0, &registers) == 0) {
      snapshot = CaptureStack(pid, registers);
      if (again != nullptr) *again = CaptureStack(pid, registers, snapshot.maps);
    }
  }
  kill(pid, SIGKILL);
  while (waitpid(pid, &status, __WALL) == pid && !WIFSIGNALED(status)) {
  }
  return snapshot;
}

sandbox::Files Programs() { return {{{OBSERVED_PROGRAMS, OBSERVED_PROGRAMS}}}; }

std::string Program(const std::string& name) { return std::string(OBSERVED_PROGRAMS) + "/" + name; }

std::vector<std::string> Submitted(const Stack& stack) {
  std::vector<std::string> lines;
  for (const Frame& f : stack) {
    if (f.in_submission) lines.push_back(f.function + " " + f.file + ":" + std::to_string(f.line));
  }
  return lines;
}

// "nested.cpp:N", N being the first line that holds the text: the program may be reformatted.
std::string At(const std::string& text) {
  std::ifstream source(NESTED_SOURCE);
  std::string line;
  for (int number = 1; std::getline(source, line); ++number) {
    if (line.find(text) != std::string::npos) return "nested.cpp:" + std::to_string(number);
  }
  return "no line holds " + text;
}

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(Symbolizer, TellsTheLinesOfAProgramThatIsDead) {
  const Stack stack = Symbolizer(Programs()).Resolve(SnapshotOf(Program("nested")));
  EXPECT_THAT(Submitted(stack),
              ElementsAre("Innermost() " + At("raise(SIGSTOP)"), "Inlined " + At("  Innermost();"),
                          HasSubstr("lambda()#1}::operator()() const " + At("Outer([]")),
                          "Outer(std::function<void ()> const&) " + At("  call();"), "main " + At("Outer([]")));
  const auto frame = StudentFrame(stack);
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->function, "Innermost()");
}

TEST(Symbolizer, SeesInlinedCallsOfOptimisedCode) {
  const Stack stack = Symbolizer(Programs()).Resolve(SnapshotOf(Program("nested_optimised")));
  EXPECT_THAT(Submitted(stack), Contains("Inlined " + At("  Innermost();")));
  EXPECT_THAT(Submitted(stack), Contains("Innermost " + At("raise(SIGSTOP)")));
}

TEST(Symbolizer, DoesNotTakeTheStandardLibraryForTheStudentsCode) {
  const Stack stack = Symbolizer(Programs()).Resolve(SnapshotOf(Program("nested")));
  const auto header =
      std::find_if(stack.begin(), stack.end(), [](const Frame& f) { return f.file.starts_with("/usr/"); });
  ASSERT_NE(header, stack.end());
  EXPECT_FALSE(header->in_submission);
}

TEST(Symbolizer, NamesFunctionsOfAProgramWithoutDebugInformation) {
  const Stack stack = Symbolizer(Programs()).Resolve(SnapshotOf(Program("nested_plain")));
  EXPECT_THAT(stack, Contains(::testing::Field(&Frame::function, StartsWith("Outer("))));
  EXPECT_FALSE(StudentFrame(stack));
}

TEST(CaptureStack, SharesMapsThatAreTheSame) {
  StackSnapshot again;
  const StackSnapshot first = SnapshotOf(Program("nested"), &again);
  ASSERT_FALSE(first.empty());
  EXPECT_EQ(again.maps, first.maps);
}

TEST(CaptureStack, IsEmptyForATaskThatHasVanished) {
  const pid_t pid = fork();
  if (pid == 0) _exit(0);
  int status = 0;
  ASSERT_EQ(waitpid(pid, &status, 0), pid);
  EXPECT_TRUE(CaptureStack(pid, user_regs_struct{}).empty());
}

TEST(Symbolizer, SurvivesRegistersAndStacksThatLie) {
  Symbolizer symbolizer(Programs());
  StackSnapshot snapshot = SnapshotOf(Program("nested"));
  ASSERT_FALSE(snapshot.empty());
  StackSnapshot wild = snapshot;
  wild.registers.rip = wild.registers.rsp = wild.registers.rbp = ~0ULL;
  EXPECT_LE(symbolizer.Resolve(wild).size(), 1u);

  // Every return address leads to the same place again.
  StackSnapshot endless = snapshot;
  const std::uint64_t here = snapshot.registers.rip;
  for (std::size_t at = 0; at + sizeof here <= endless.bytes.size(); at += sizeof here) {
    std::copy_n(reinterpret_cast<const std::byte*>(&here), sizeof here, endless.bytes.begin() + static_cast<long>(at));
  }
  EXPECT_LE(symbolizer.Resolve(endless).size(), 64u * 33u);

  StackSnapshot short_of_bytes = snapshot;
  short_of_bytes.bytes.resize(13);
  EXPECT_LE(symbolizer.Resolve(short_of_bytes).size(), 64u * 33u);

  StackSnapshot nonsense = snapshot;
  nonsense.maps =
      std::make_shared<const std::string>("zzz-/usr/lib\n0-ffffffffffffffff r-xp 0 0:0 0 /usr/bin/env\n/\n");
  EXPECT_LE(symbolizer.Resolve(nonsense).size(), 64u * 33u);

  EXPECT_TRUE(symbolizer.Resolve(StackSnapshot{}).empty());
}

TEST(ModuleMaps, KeepsModulesAndWritesTheMachinesPath) {
  const sandbox::Files files{{{"/srv/build/reap", "/box/reap"}, {"/srv/build/lib", "/box/lib/"}}};
  EXPECT_EQ(ModuleMaps("1000-2000 r-xp 00000000 08:01 7   /box/reap\n"
                       "2000-3000 rw-p 00000000 00:00 0   [heap]\n"
                       "3000-4000 r-xp 00000000 08:01 8   /usr/lib/libc.so.6\n"
                       "4000-5000 r-xp 00000000 08:01 9   /box/lib/libx.so\n"
                       "5000-6000 r-xp 00000000 08:01 9   /box/reaper\n"
                       "6000-7000 r-xp 00000000 08:01 9   /work/own.so\n"
                       "7000-8000 rw-p 00000000 00:00 0 ",
                       files),
            "1000-2000 r-xp 00000000 08:01 7   /srv/build/reap\n"
            "3000-4000 r-xp 00000000 08:01 8   /usr/lib/libc.so.6\n"
            "4000-5000 r-xp 00000000 08:01 9   /srv/build/lib/libx.so\n");
}

TEST(ModuleMaps, IsBounded) {
  std::string maps;
  for (int i = 0; i < 5000; ++i) maps += "1000-2000 r-xp 00000000 08:01 7 /usr/lib/libc.so.6\n";
  const std::string modules = ModuleMaps(maps, {});
  EXPECT_EQ(std::count(modules.begin(), modules.end(), '\n'), kMostModuleLines);
}

}  // namespace
}  // namespace grader::observe
