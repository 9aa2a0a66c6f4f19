// Runs with a schedule.
#include <csignal>
#include <string>

#include "observed.h"

namespace grader::observe {
namespace {

using testing::Contains;
using testing::Each;
using testing::ElementsAreArray;
using testing::Field;
using testing::IsEmpty;
using testing::Not;

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

INSTANTIATE_TEST_SUITE_P(Programs, Race,
                         testing::Values("early_signal", "early_reader", "file_counter", "lost_wakeup",
                                         "shared_counter", "check_then_act", "late_waiter"),
                         [](const auto& program) { return program.param; });

}  // namespace
}  // namespace grader::observe
