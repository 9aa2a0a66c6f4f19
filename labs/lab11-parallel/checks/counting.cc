// What is printed, in each of the four ways.
#include <fmt/format.h>

#include "primes.h"

namespace grader::checks::lab11 {
namespace {

class CountingCheck : public PrimesCheck {
 protected:
  void Counts(const std::string& mode, int workers, int limit) {
    const auto run = Run({mode, std::to_string(workers), std::to_string(limit)});
    ASSERT_THAT(run, AllOf(ExitsCleanly(), PrintsTheCount(limit)));
  }

  // The smallest limits, a prime itself, and some that are drawn.
  void CountsInAll(const std::string& mode) {
    const auto at_most = IsPython() ? 30'000 : 300'000;
    for (const int limit : {0, 1, 2, 3, 4, 97, Between(5, 500), Between(10'000, at_most)}) {
      ASSERT_NO_FATAL_FAILURE(Counts(mode, Between(2, 5), limit));
    }
    Counts(mode, 64, Between(2, 40));  // more workers than numbers
  }
};

LAB_CHECK_F(CountingCheck, Serial, CountsThePrimes, .points = 4,
            .hint = "0 and 1 are no primes, 2 is one, and LIMIT itself counts.",
            .title = "serial: prints how many primes are at most LIMIT") {
  CountsInAll("serial");
}

LAB_CHECK_F(CountingCheck, Threads, CountThePrimes, .points = 4,
            .hint =
                "Every number must be somebody's, and nobody's twice. Add up what the workers found when they have "
                "all ended, or under a lock.",
            .title = "threads: the same count, whatever the number of threads") {
  CountsInAll("threads");
}

LAB_CHECK_F(CountingCheck, Processes, CountThePrimes, .points = 4,
            .hint = "A child's memory is its own. A pipe carries its count to the parent; an exit status has 8 bits.",
            .title = "processes: the same count, whatever the number of processes") {
  CountsInAll("processes");
}

LAB_CHECK_F(CountingCheck, Biglock, CountsThePrimes, .points = 4,
            .hint = "A worker that has nothing left to count must still let the others have the lock.",
            .title = "biglock: the same count, whatever the number of threads") {
  CountsInAll("biglock");
}

RunMatcher HasOneThread() {
  return Judge("it has a single thread and no child", [](const Observation& run) -> std::optional<Problem> {
    if (run.processes.size() > 1) {
      return Problem{"it made " + Count(run.processes.size() - 1, "process", "processes"), {}, {}};
    }
    const auto threads = run.processes.at(0).threads.size();
    if (threads == 1) return std::nullopt;
    return Problem{"it made " + Count(threads - 1, "thread", "threads"), {}, {}};
  });
}

LAB_CHECK_F(CountingCheck, Serial, UsesASingleThread, .points = 2,
            .hint = "serial takes WORKERS and ignores it: it is what the others are compared with.",
            .title = "serial: one thread, whatever WORKERS says") {
  for (const int workers : {1, Between(2, 64)}) {
    const auto run = Run({"serial", std::to_string(workers), std::to_string(Between(100, 2000))});
    ASSERT_THAT(run, AllOf(PrintsANumber(), HasOneThread()));
  }
}

}  // namespace
}  // namespace grader::checks::lab11
