// What is right in every order in which the threads may run: the controlled scheduler tries them. Here a little work is
// enough, and plain runs hardly ever show what goes wrong.
#include "grader/checks/errors.h"
#include "primes.h"

namespace grader::checks::lab11 {
namespace {

class OrdersCheck : public PrimesCheck {
 protected:
  // A Python program has an interpreter's lock, and is not tried. Neither is what makes a call that the scheduler does
  // not know, such as a timer's signal to hand the lock over: any call is allowed.
  void CountsInEveryOrder(const std::string& mode) {
    if (IsPython()) return;
    const int limit = Between(300, 500);
    try {
      Explore({.args = {mode, "3", std::to_string(limit)}, .program = "primes", .schedules = 150},
              [&](const ScheduledRun& run) { EXPECT_THAT(run, AllOf(ExitsCleanly(), PrintsTheCount(limit))); });
    } catch (const UnsupportedCallError&) {
      return;
    }
  }
};

LAB_CHECK_F(OrdersCheck, Threads, CountInEveryOrder, .points = 4,
            .hint =
                "To add to a variable is to read it, add and write it: another thread can come in between. Let each "
                "worker keep its own count, and add up after join; or use a mutex, or fetch_add of an atomic.",
            .needs = {"Serial.CountsThePrimes"}, .title = "threads: the count is right in whatever order they run") {
  CountsInEveryOrder("threads");
}

LAB_CHECK_F(OrdersCheck, Biglock, CountsInEveryOrder, .points = 5,
            .hint =
                "What workers share they touch with the lock in their hands. Whoever gives it back must wake the one "
                "whose turn it is, and who goes to sleep must first look, under the same mutex, whether it is his.",
            .needs = {"Serial.CountsThePrimes"}, .title = "biglock: the count is right in whatever order they run") {
  CountsInEveryOrder("biglock");
}

}  // namespace
}  // namespace grader::checks::lab11
