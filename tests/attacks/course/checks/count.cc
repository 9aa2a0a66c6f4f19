// Lab 3: the student's functions, called by threads, in many orders.
#include "grader/checks/vocabulary.h"

namespace grader::checks::count {
namespace {

LAB_CHECK(Count, IsRightInEveryOrder, .points = 10, .hint = "Lock a mutex.") {
  const auto times = random().Integer(2, 4);
  const std::string line = "count " + std::to_string(2 * times);
  Explore({.args = {std::to_string(times)}, .scenario = "two threads call Add()", .schedules = 30},
          [&](const ScheduledRun& run) {
            ASSERT_THAT(run, ExitsCleanly());
            EXPECT_THAT(run, PrintsLines({line}));
          });
}

}  // namespace
}  // namespace grader::checks::count
