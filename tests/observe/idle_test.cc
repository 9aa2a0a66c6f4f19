// Programs that only wait are never taken for deadlocked.
#include <algorithm>
#include <csignal>

#include "tests/observe/observed.h"

namespace grader::observe {
namespace {

using ::testing::SizeIs;

class NoDeadlockIn : public ::testing::TestWithParam<std::string> {};

TEST_P(NoDeadlockIn, IsSeen) {
  const Observation seen = See("idle_" + GetParam());
  EXPECT_THAT(seen, ExitsWith(0));
  EXPECT_FALSE(seen.partial_deadlock);
}

INSTANTIATE_TEST_SUITE_P(Programs, NoDeadlockIn,
                         ::testing::Values("alarmed_pause", "busy_mutex", "busy_pipes", "interval_timer",
                                           "late_signaller", "many_children", "posix_timer", "sleeper", "slow_producer",
                                           "stopped_child", "tcp_pair", "timed_waits", "timer_descriptor"),
                         [](const auto& test) { return test.param; });

// Lets the observer look often: it proves a deadlock of another program meanwhile.
void LetTimePass() { ASSERT_NE(As<Deadlocked>(See("stuck_lock_order")), nullptr); }

std::unique_ptr<Run> StartReady(const std::string& name) {
  RunRequest request = Program(name);
  request.keep_input_open = true;
  auto run = Run::Start(TheSpawner(), std::move(request));
  EXPECT_TRUE(run->WaitUntil([](const Progress& now) { return now.out == "ready\n" && now.everybody_asleep; }));
  return run;
}

class NoDeadlockInServer : public ::testing::TestWithParam<std::string> {};

TEST_P(NoDeadlockInServer, IsSeenWhileItWaits) {
  const auto run = StartReady(GetParam());
  LetTimePass();
  run->Stop();
  const Observation seen = run->Finish();
  EXPECT_NE(As<Stopped>(seen), nullptr) << ::testing::PrintToString(seen);
}

TEST_P(NoDeadlockInServer, IsSeenWhenNobodyWillCome) {
  RunRequest request = Program(GetParam());
  request.limits.wall_time = std::chrono::milliseconds(500);
  const Observation seen = See(request);
  EXPECT_NE(As<OutOfTime>(seen), nullptr) << ::testing::PrintToString(seen);
}

INSTANTIATE_TEST_SUITE_P(Programs, NoDeadlockInServer,
                         ::testing::Values("idle_accept_server", "idle_epoll_server", "idle_thread_server"),
                         [](const auto& test) { return test.param; });

TEST(NoDeadlock, IsSeenWhileInputMayCome) {
  const auto run = StartReady("idle_reader");
  LetTimePass();
  run->Write("x");
  EXPECT_THAT(run->Finish(), ExitsWith(0));
}

TEST(NoDeadlock, IsSeenWhileASignalMayCome) {
  const auto run = StartReady("idle_signal_server");
  LetTimePass();
  run->Signal(SIGTERM);
  EXPECT_THAT(run->Finish(), ExitsWith(0));
}

TEST(Deadlock, IsAWaitForASignalThatNobodyWillSend) {
  const Observation seen = See("idle_signal_server");
  const auto* const ended = As<Deadlocked>(seen);
  ASSERT_NE(ended, nullptr) << ::testing::PrintToString(seen);
  EXPECT_EQ(ended->deadlock.cause, DeadlockCause::kNobodyToSignal);
}

// In fair time, and at best of three: what a busy machine adds is not the observer's.
TEST(Deadlock, IsProvedSoonAfterTheLastStep) {
  std::chrono::microseconds least = std::chrono::hours(1);
  for (int i = 0; i < 3; ++i) {
    const Observation seen = See("stuck_last_words");
    ASSERT_NE(As<Deadlocked>(seen), nullptr) << ::testing::PrintToString(seen);
    ASSERT_THAT(seen.lines, SizeIs(1));
    least = std::min(least, seen.program_ended.fair_time - seen.lines[0].at.fair_time);
  }
  RecordProperty("microseconds", std::to_string(least.count()));
  EXPECT_LT(least, std::chrono::milliseconds(100));
}

TEST(Deadlock, OfSomeThreadsIsSeenWhileOthersCompute) {
  RunRequest request = Program("stuck_partial");
  request.limits.cpu_time = std::chrono::milliseconds(1000);
  const Observation seen = See(request);
  ASSERT_NE(As<OutOfTime>(seen), nullptr) << ::testing::PrintToString(seen);
  ASSERT_TRUE(seen.partial_deadlock);
  EXPECT_FALSE(seen.partial_deadlock->whole_program);
  EXPECT_EQ(seen.partial_deadlock->cause, DeadlockCause::kLockCycle);
  EXPECT_THAT(seen.partial_deadlock->tasks, SizeIs(2));
  EXPECT_THAT(seen.partial_deadlock->explanation,
              ::testing::HasSubstr("The rest of the program goes on without them."));
}

}  // namespace
}  // namespace grader::observe
