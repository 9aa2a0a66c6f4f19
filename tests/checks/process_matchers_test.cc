#include <gtest/gtest.h>

#include "grader/checks/matchers.h"
#include "tests/checks/hand_made.h"
#include "tests/checks/told.h"

namespace grader::checks {
namespace {

using namespace std::chrono_literals;

using testing::AddChild;
using testing::CleanRun;
using testing::Told;

observe::Observation WithChildren(int n) {
  auto run = CleanRun();
  for (int i = 0; i < n; ++i) AddChild(run, 0, static_cast<std::uint64_t>(2 + i));
  return run;
}

TEST(LeavesNoZombie, AcceptsReapedChildren) { EXPECT_EQ(Told(LeavesNoZombie(), WithChildren(3)), ""); }

TEST(LeavesNoZombie, NamesTheZombieItsForkAndWhen) {
  auto run = WithChildren(2);
  run.processes[2].left_as_zombie = true;
  run.processes[2].reaped_by = observe::ReapedBy::kInit;
  EXPECT_EQ(
      Told(LeavesNoZombie(), run),
      "expected: every child that ends is waited for, none stays a zombie\n"
      "happened: 1 child was left as zombie\n"
      "- process 4 (forked at reap.cpp:31) ended after 12 ms and the program (process 2) ended without having waited "
      "for it\n"
      "run: ./reap nohang 3\n"
      "at: reap.cpp:31");
}

TEST(LeavesNoZombie, IsNotSatisfiedByAProgramThatForksNobody) {
  EXPECT_EQ(Told(LeavesNoZombie(), CleanRun()),
            "expected: every child that ends is waited for, none stays a zombie\n"
            "happened: it created no child process\n"
            "run: ./reap nohang 3");
}

TEST(LeavesNoZombie, CannotBeAskedOfAnUnwatchedRun) {
  auto run = WithChildren(1);
  run.level = observe::TraceLevel::kNone;
  EXPECT_THROW(Told(LeavesNoZombie(), run), std::logic_error);
}

TEST(ReapsEveryChild, TellsWhoseDeathNobodyAskedFor) {
  EXPECT_EQ(Told(ReapsEveryChild(), WithChildren(2)), "");
  auto run = WithChildren(2);
  run.processes[1].reaped_by = observe::ReapedBy::kInit;
  run.processes[2].reaped_by = observe::ReapedBy::kKernel;
  EXPECT_EQ(Told(ReapsEveryChild(), run),
            "expected: every child is waited for by its own parent\n"
            "happened: 2 children were never waited for by their own parent\n"
            "- process 3 (forked at reap.cpp:31) ended after 12 ms and was never waited for\n"
            "- process 4 (forked at reap.cpp:31) was removed by the kernel, because SIGCHLD was ignored\n"
            "run: ./reap nohang 3\n"
            "at: reap.cpp:31");
}

TEST(ReapsEveryChildWithin, BlamesAParentThatRanAndDidNotLook) {
  auto run = WithChildren(1);
  run.processes[1].zombie_for = 150ms;
  run.processes[1].parent_wakeups_as_zombie = 14;
  EXPECT_EQ(
      Told(ReapsEveryChildWithin(100ms), run),
      "expected: every child is waited for within 100 ms of its end\n"
      "happened: 1 child was a zombie for longer than 100 ms\n"
      "- process 3 (forked at reap.cpp:31) ended after 12 ms and was a zombie for 150 ms, while its parent woke up 14 "
      "times\n"
      "run: ./reap nohang 3\n"
      "at: reap.cpp:31");
}

TEST(ReapsEveryChildWithin, NeverBlamesAParentThatGotNoProcessor) {
  auto run = WithChildren(1);
  run.processes[1].zombie_for = 150ms;
  run.processes[1].parent_wakeups_as_zombie = 1;
  EXPECT_EQ(Told(ReapsEveryChildWithin(100ms), run), "");
}

TEST(ReapsEveryChildWithin, BlamesAParentThatSleptThroughItAll) {
  auto run = WithChildren(1);
  run.processes[1].zombie_for = 900ms;
  run.processes[1].parent_wakeups_as_zombie = 0;
  EXPECT_NE(Told(ReapsEveryChildWithin(100ms), run), "");
}

TEST(ReapsEveryChildWithin, BlamesAChildLeftAtTheEnd) {
  auto run = WithChildren(1);
  run.processes[1].left_as_zombie = true;
  EXPECT_NE(Told(ReapsEveryChildWithin(100ms), run), "");
}

TEST(ReapsEveryChildWithin, ToldInTensDoesNotFloodTheReport) {
  auto run = WithChildren(50);
  for (auto& process : run.processes) process.left_as_zombie = process.index > 0;
  const auto told = Told(LeavesNoZombie(), run);
  EXPECT_NE(told.find("50 children were left as zombies"), std::string::npos) << told;
  EXPECT_NE(told.find("- and 45 more like these"), std::string::npos) << told;
}

TEST(LeavesNoStray, NamesWhatHadToBeKilled) {
  auto run = WithChildren(1);
  EXPECT_EQ(Told(LeavesNoStray(), run), "");
  run.processes[1].killed_by_grader = true;
  EXPECT_EQ(Told(LeavesNoStray(), run),
            "expected: no process of it is alive after its end\n"
            "happened: 1 process still ran after the program had ended\n"
            "- process 3 (forked at reap.cpp:31) had to be killed\n"
            "run: ./reap nohang 3\n"
            "at: reap.cpp:31");
}

TEST(LeavesNothingBehind, AcceptsAProgramWithoutChildren) { EXPECT_EQ(Told(LeavesNothingBehind(), CleanRun()), ""); }

TEST(LeavesNothingBehind, NamesKernelObjectsAndFiles) {
  auto run = CleanRun();
  run.leftovers.push_back({observe::LeftoverKind::kSharedMemory, "/dev/shm/sem.lab7"});
  EXPECT_EQ(Told(LeavesNothingBehind(), run),
            "expected: nothing is left behind: no zombie, no process, no kernel object, no temporary file\n"
            "happened: 1 thing was left behind\n"
            "- shared memory /dev/shm/sem.lab7 was not removed\n"
            "run: ./reap nohang 3");
}

TEST(LeavesNothingBehind, CountsZombiesAndStrays) {
  auto zombie = WithChildren(1);
  zombie.processes[1].left_as_zombie = true;
  EXPECT_NE(Told(LeavesNothingBehind(), zombie), "");
  auto stray = WithChildren(1);
  stray.processes[1].killed_by_grader = true;
  EXPECT_NE(Told(LeavesNothingBehind(), stray), "");
}

TEST(HasProcesses, CountsTheProgramToo) {
  EXPECT_EQ(Told(HasProcesses(3), WithChildren(2)), "");
  EXPECT_EQ(Told(HasProcesses(1), WithChildren(2)),
            "expected: it runs as 1 process in all\n"
            "happened: there were 3 processes\n"
            "run: ./reap nohang 3");
}

TEST(HasTreeShape, TellsTheFirstGenerationThatDiffers) {
  EXPECT_EQ(Told(HasTreeShape(Fan(2)), WithChildren(2)), "");
  EXPECT_EQ(Told(HasTreeShape(Chain(2)), WithChildren(2)),
            "expected: its 3 processes form the tree asked for\n"
            "happened: its 3 processes form another tree\n"
            "- 1 forks below the program: 2 processes instead of 1\n"
            "run: ./reap nohang 3");
}

TEST(HasTreeShape, DoesNotCareAboutTheOrderOfRecords) {
  auto run = CleanRun();
  AddChild(run, 2, 5);  // the grandchild was seen first
  AddChild(run, 0, 3);
  EXPECT_EQ(Told(HasTreeShape(Chain(2)), run), "");
}

TEST(HasAllProcessesAliveAtOnce, ComparesTheLastStartWithTheFirstEnd) {
  EXPECT_EQ(Told(HasAllProcessesAliveAtOnce(), WithChildren(5)), "");
  auto run = WithChildren(1);
  AddChild(run, 0, 20);
  EXPECT_EQ(Told(HasAllProcessesAliveAtOnce(), run),
            "expected: at one moment all its processes are alive\n"
            "happened: a process had ended before the last one was created\n"
            "- process 3 (forked at reap.cpp:31) ended after 12 ms\n"
            "- process 4 (forked at reap.cpp:31) was created after 1.0 ms\n"
            "run: ./reap nohang 3\n"
            "at: reap.cpp:31");
}

TEST(BurnsNoCpuWhileWaiting, ComparesCpuTimeWithLifetime) {
  auto run = CleanRun();
  run.processes[0].activity.cpu_time = 90ms;  // Python takes so long to start
  EXPECT_EQ(Told(BurnsNoCpuWhileWaiting(), run), "");
  run.processes[0].activity.cpu_time = 290ms;
  EXPECT_EQ(Told(BurnsNoCpuWhileWaiting(), run),
            "expected: what waits is asleep and uses no CPU\n"
            "happened: a process kept the CPU busy while it had only to wait\n"
            "- the program (process 2) used 290 ms of CPU time in 300 ms\n"
            "run: ./reap nohang 3");
}

TEST(BurnsNoCpuWhileWaiting, MayBeAskedOfAServerThatTheCheckStopped) {
  auto run = CleanRun();
  run.outcome = observe::Stopped{};
  EXPECT_EQ(Told(BurnsNoCpuWhileWaiting(), run), "");
  EXPECT_NE(Told(LeavesNothingBehind(), run), "");
}

TEST(SleepsWhileWaiting, TellsSleepPolling) {
  auto run = CleanRun();
  run.processes[0].activity.samples_asleep = 60;
  run.processes[0].activity.voluntary_switches = 300;
  EXPECT_EQ(Told(SleepsWhileWaiting(), run), "");
  run.processes[0].activity.samples_asleep = 2;
  run.processes[0].activity.samples_timed_sleep = 58;
  run.processes[0].activity.voluntary_switches = 29;
  EXPECT_EQ(Told(SleepsWhileWaiting(), run),
            "expected: what waits sleeps until the event comes\n"
            "happened: a process waited by sleeping and looking again and again\n"
            "- the program (process 2) went to sleep 29 times in 300 ms, mostly for a fixed time\n"
            "run: ./reap nohang 3");
  run.processes[0].activity.voluntary_switches = 2;  // one long sleep, as work
  EXPECT_EQ(Told(SleepsWhileWaiting(), run), "");
}

}  // namespace
}  // namespace grader::checks
