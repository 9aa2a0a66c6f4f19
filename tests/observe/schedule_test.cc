// Runs with a schedule.
#include <csignal>
#include <string>

#include "observed.h"

namespace grader::observe {
namespace {

Observation Scheduled(const std::string& program, const std::string& kind, std::uint64_t seed) {
  RunRequest request = Program("race_" + program, {kind});
  request.schedule = Schedule{.seed = seed};
  return See(std::move(request));
}

// The sequence of steps, without what differs between runs.
std::string Sequence(const Observation& seen) {
  std::string text = Describe(seen.outcome) + ":";
  for (const ScheduleStep& step : seen.steps) {
    text += " " + std::to_string(step.process) + "." + std::to_string(step.thread) + "/" +
            std::to_string(static_cast<int>(step.kind)) + "/" + std::to_string(step.call);
  }
  return text;
}

class Race : public testing::TestWithParam<std::string> {};

TEST_P(Race, IsFoundBySomeSeed) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    if (!As<Exited>(Scheduled(GetParam(), "wrong", seed)) ||
        As<Exited>(Scheduled(GetParam(), "wrong", seed))->code != 0)
      return;
  }
  FAIL() << "60 seeds found nothing";
}

TEST_P(Race, IsNotFoundInTheRightProgram) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    EXPECT_THAT(Scheduled(GetParam(), "right", seed), ExitsWith(0)) << "seed " << seed;
  }
}

TEST_P(Race, IsReplayedByItsSeed) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    const std::string first = Sequence(Scheduled(GetParam(), "wrong", seed));
    for (int again = 1; again < 5; ++again) {
      ASSERT_EQ(Sequence(Scheduled(GetParam(), "wrong", seed)), first) << "seed " << seed;
    }
  }
}

TEST(Schedule, ProvesTheDeadlockOfALostSignal) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const Observation seen = Scheduled("lost_wakeup", "wrong", seed);
    const auto* const deadlocked = As<Deadlocked>(seen);
    if (deadlocked == nullptr) continue;
    EXPECT_EQ(deadlocked->deadlock.cause, DeadlockCause::kBlockedChild);
    return;
  }
  FAIL() << "60 seeds lost no signal";
}

TEST(Schedule, TellsItsSteps) {
  const Observation seen = Scheduled("early_reader", "right", 1);
  ASSERT_FALSE(seen.steps.empty());
  int number = 0;
  bool wrote = false;
  for (const ScheduleStep& step : seen.steps) {
    EXPECT_EQ(step.number, ++number);
    wrote = wrote || (step.process == 1 && step.subject == "result" && step.result == 6);
  }
  EXPECT_TRUE(wrote);
}

TEST(Schedule, WaitsForNobodyWhoSpins) {
  RunRequest request = Program("directed_spins");
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    request.schedule = Schedule{.seed = seed};
    EXPECT_THAT(See(request), ExitsWith(0)) << "seed " << seed;
  }
}

TEST(Schedule, GoesOnThroughStopsTimeoutsAndTimers) {
  for (const std::string program :
       {"stop_and_continue", "vfork_exec", "spawn", "forking_threads", "exec_from_thread"}) {
    RunRequest plain = Program(program);
    const Observation expected = See(plain);
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      RunRequest request = plain;
      request.schedule = Schedule{.seed = seed};
      EXPECT_EQ(Describe(See(request).outcome), Describe(expected.outcome)) << program << ", seed " << seed;
    }
  }
}

TEST(Schedule, HoldsByAnInterventionAsWell) {
  RunRequest request = Program("directed_counts_calls");
  request.schedule = Schedule{};
  request.interventions = {{.mark = "count", .after = 3}};
  const Observation seen = See(request);
  EXPECT_EQ(seen.out.text(), "2\n");
  EXPECT_TRUE(seen.stretches.at(0).acted);
}

INSTANTIATE_TEST_SUITE_P(Programs, Race,
                         testing::Values("early_signal", "early_reader", "file_counter", "lost_wakeup",
                                         "shared_counter", "check_then_act", "late_waiter"),
                         [](const auto& program) { return program.param; });

}  // namespace
}  // namespace grader::observe
