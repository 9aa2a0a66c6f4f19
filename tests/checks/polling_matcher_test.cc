#include <gtest/gtest.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <cerrno>

#include "grader/checks/matchers.h"
#include "tests/checks/hand_made.h"
#include "tests/checks/told.h"

namespace grader::checks {
namespace {

using observe::Call;
using testing::Told;

constexpr std::uint64_t kTimespec = 0x7ffc1000;  // somewhere in the program's memory

Call Made(int number, std::int64_t result) {
  Call call;
  call.tid = 2;
  call.number = number;
  call.returned = true;
  call.result = result;
  return call;
}

Call WithArgument(Call call, int place, std::uint64_t value) {
  call.arguments[place] = value;
  return call;
}

Call VainLook() { return WithArgument(Made(SYS_wait4, 0), 2, WNOHANG); }
Call Reaping() { return WithArgument(Made(SYS_wait4, 7), 2, WNOHANG); }
Call Sleep() { return Made(SYS_clock_nanosleep, 0); }

// A closely watched run in which the program makes these calls, so often.
observe::Observation RunWith(const std::vector<Call>& calls, int times) {
  auto run = testing::CleanRun();
  run.level = observe::TraceLevel::kBlocking;
  for (int i = 0; i < times; ++i) run.calls.insert(run.calls.end(), calls.begin(), calls.end());
  return run;
}

std::string Judged(const std::vector<Call>& calls, int times) {
  return Told(WaitsWithoutPolling(), RunWith(calls, times));
}

TEST(WaitsWithoutPolling, TellsHowOftenItAskedForADeadChildInVain) {
  EXPECT_EQ(Judged({VainLook()}, 20),
            "expected: what waits sleeps until the event comes; it does not look again and again\n"
            "happened: a process looked again and again instead of sleeping until the event comes\n"
            "- the program (process 2) asked waitpid 20 times in a row, without sleeping, whether a child had ended\n"
            "run: ./reap nohang 3");
}

TEST(WaitsWithoutPolling, TellsHowOftenItSleptForAFixedTime) {
  EXPECT_EQ(Judged({VainLook(), Sleep()}, 5),
            "expected: what waits sleeps until the event comes; it does not look again and again\n"
            "happened: a process looked again and again instead of sleeping until the event comes\n"
            "- the program (process 2) slept for a fixed time 5 times\n"
            "run: ./reap nohang 3");
}

TEST(WaitsWithoutPolling, NamesTheChildThatPolls) {
  auto run = RunWith({Sleep()}, 5);
  testing::AddChild(run, 0, 2);
  for (auto& call : run.calls) call.process = 1;
  const auto told = Told(WaitsWithoutPolling(), run);
  EXPECT_NE(told.find("process 3 (forked at reap.cpp:31) slept"), std::string::npos) << told;
  EXPECT_NE(told.find("at: reap.cpp:31"), std::string::npos) << told;
}

TEST(WaitsWithoutPolling, KnowsEveryCallThatCanTimeOut) {
  const Call timed_out[] = {
      Made(SYS_nanosleep, 0),
      WithArgument(Made(SYS_poll, 0), 2, 10),
      WithArgument(Made(SYS_epoll_wait, 0), 3, 10),
      WithArgument(Made(SYS_epoll_pwait, 0), 3, 10),
      WithArgument(Made(SYS_ppoll, 0), 2, kTimespec),
      WithArgument(Made(SYS_rt_sigtimedwait, -EAGAIN), 2, kTimespec),
      WithArgument(Made(SYS_select, 0), 4, kTimespec),
      WithArgument(Made(SYS_pselect6, 0), 4, kTimespec),
      WithArgument(WithArgument(Made(SYS_futex, -ETIMEDOUT), 1, FUTEX_WAIT_BITSET), 3, kTimespec),
  };
  for (const Call& call : timed_out) EXPECT_NE(Judged({call}, 5), "") << call.number;
}

TEST(WaitsWithoutPolling, AcceptsSleepsThatAnEventEnded) {
  const Call woken[] = {
      Made(SYS_nanosleep, -EINTR),
      WithArgument(Made(SYS_poll, 1), 2, 10),
      WithArgument(Made(SYS_poll, 0), 2, 0),                               // looks, and does not sleep
      WithArgument(Made(SYS_poll, 1), 2, static_cast<std::uint64_t>(-1)),  // no time-out at all
      WithArgument(Made(SYS_ppoll, -EINTR), 2, kTimespec),
      WithArgument(Made(SYS_rt_sigtimedwait, 17), 2, kTimespec),
      Made(SYS_futex, 0),
  };
  for (const Call& call : woken) EXPECT_EQ(Judged({call}, 50), "") << call.number;
}

TEST(WaitsWithoutPolling, AcceptsAProcessWhoseWorkIsToSleepAFewTimes) { EXPECT_EQ(Judged({Sleep()}, 4), ""); }

TEST(WaitsWithoutPolling, AcceptsALookInVainBetweenOthers) {
  EXPECT_EQ(Judged({VainLook()}, 19), "");
  EXPECT_EQ(Judged({Reaping(), VainLook()}, 100), "");  // the last look of each round
}

TEST(WaitsWithoutPolling, CountsEachThreadByItself) {
  auto run = RunWith({Sleep()}, 4);
  for (Call call : RunWith({Sleep()}, 4).calls) {
    call.tid = 3;
    run.calls.push_back(call);
  }
  EXPECT_EQ(Told(WaitsWithoutPolling(), run), "");
}

TEST(WaitsWithoutPolling, IgnoresACallThatNeverReturned) {
  auto never = Sleep();
  never.returned = false;
  EXPECT_EQ(Judged({never}, 50), "");
}

TEST(WaitsWithoutPolling, JudgesWhatTheCheckStoppedAndNothingThatCrashed) {
  auto run = RunWith({}, 0);
  run.outcome = observe::Stopped{};
  EXPECT_EQ(Told(WaitsWithoutPolling(), run), "");
  run.outcome = observe::Signaled{11, {}};
  EXPECT_NE(Told(WaitsWithoutPolling(), run), "");
}

TEST(WaitsWithoutPolling, CannotBeAskedOfARunThatWasNotWatchedClosely) {
  EXPECT_THROW(Told(WaitsWithoutPolling(), testing::CleanRun()), std::logic_error);
}

}  // namespace
}  // namespace grader::checks
