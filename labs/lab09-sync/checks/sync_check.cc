#include "sync_check.h"

#include <utility>

namespace grader::checks::lab09 {

constexpr int kFew = 200;  // schedules

void SyncCheck::ExpectTimesOut(Scene scene, const TimedCall& call, const std::vector<std::string>& rest) {
  Explore(TimeOfSleepers(std::move(scene), kFew), [&](const ScheduledRun& run) {
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, TimesOut(call));
    ASSERT_THAT(run, ThenPrints(rest));
  });
}

void SyncCheck::ExpectTimesOutAtMost(Scene scene, const TimedCall& call, const std::vector<std::string>& rest) {
  Explore(TimeOfSleepers(std::move(scene), kFew), [&](const ScheduledRun& run) {
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, TimesOutAtMost(call));
    ASSERT_THAT(run, ThenPrints(rest));
  });
}

void SyncCheck::ExpectTrueInTime(Scene scene, const TimedCall& call, const Afterwards& afterwards) {
  Explore(AnyTime(std::move(scene)), [&](const ScheduledRun& run) {
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, IsTrueInTime(call));
    ASSERT_THAT(run, ThenPrints(WasTrue(run, call) ? afterwards.if_true : afterwards.if_false));
  });
}

void SyncCheck::ExpectSleepers(const std::string& name, const std::string& scenario) {
  ExpectAsleep({"asleep", {{name}, scenario}, {"all returned"}});
}

}  // namespace grader::checks::lab09
