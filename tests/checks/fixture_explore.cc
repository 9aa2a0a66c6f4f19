// Checks of a scheduled program, for explore_test.cc.
#include "grader/checks/vocabulary.h"

namespace grader::checks::fixture_explore {
namespace {

LAB_CHECK(Counter, CountsBoth, .points = 2, .hint = "The check's hint.") {
  Explore({.args = {"2"}, .scenario = "two threads count"},
          [](const ScheduledRun& run) { EXPECT_THAT(run, PrintsLines({"2"})); });
}

LAB_CHECK(Counter, EndsWell, .points = 1) { Explore({.args = {"2"}, .schedules = 20}); }

LAB_CHECK(Counter, CanStartInAnyOrder, .points = 1) {
  ExploreUntil({.args = {"order"}, .schedules = 200}, "the second thread is first",
               [](const ScheduledRun& run) { return Lines(run) == std::vector<std::string>{"second"}; });
}

LAB_CHECK(Counter, IsAskedForTheImpossible, .points = 1) {
  ExploreUntil({.args = {"order"}, .schedules = 20}, "a third thread is first",
               [](const ScheduledRun& run) { return Lines(run) == std::vector<std::string>{"third"}; });
}

}  // namespace
}  // namespace grader::checks::fixture_explore
