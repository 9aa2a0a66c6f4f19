// Lock, as long as nobody dies.
#include "scene.h"

namespace grader::checks::lab07 {
namespace {

LAB_CHECK_F(ShmCheck, Lock, ExcludesOtherProcesses, .points = 4,
            .hint =
                "The lock itself must be in shared memory, or in the kernel, and each process must count for "
                "itself: what a child inherits is easily held by both.",
            .title = "a Lock is free at first, and one process at a time has it") {
  ExpectLines(
      {{"lock-excludes"}, "shm::Lock lock; parent and children lock(), try_lock() and unlock() one after the other"},
      {"the parent tries: true", "a child tries: false", "a second child tries: true", "the parent tries: false",
       "a third child tries: false", "then free: true"});
}

LAB_CHECK_F(
    ShmCheck, Lock, WorksWithTheGuards, .points = 2,
    .hint = "std::lock_guard calls lock() and unlock(); std::unique_lock and std::scoped_lock use try_lock() too.",
    .needs = {"Lock.ExcludesOtherProcesses"},
    .title = "std::lock_guard, std::unique_lock and std::scoped_lock work with it") {
  ExpectLines({{"lock-guards"}, "std::lock_guard guard(lock); then std::unique_lock, then std::scoped_lock of two"},
              {"in a lock_guard, a child owns it: false", "after unlock, a child owns it: true",
               "in a scoped_lock, a child tries: false", "then free: true"});
}

LAB_CHECK_F(ShmCheck, Lock, LosesNoIncrement, .points = 2,
            .hint = "Between looking whether it is free and taking it, no other process may come.",
            .needs = {"Value.IsOneAmongProcesses", "Lock.ExcludesOtherProcesses"},
            .title = "children count under the lock, and nothing is lost") {
  const int children = Between(3, 5), rounds = Between(1000, 1500);
  const auto options =
      Play({{"lock-counts", std::to_string(children), std::to_string(rounds)},
            fmt::format("{} children, {} times each: lock_guard guard(counter.get_lock()); counter.value() += 1;",
                        children, rounds)});
  ForEachRun({.watched = 1, .native = 2}, options, [&](const Observation& run) {
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, PrintsLines({fmt::format("the counter is {}", children * rounds), "two inside at once: false"}));
  });
}

LAB_CHECK_F(ShmCheck, Lock, ExcludesAtEveryInstruction, .points = 6,
            .hint =
                "Two processes must not both find it free. One atomic operation looks and takes: compare_exchange, "
                "or a call of the kernel. And whoever unlocks must not miss one who is just about to sleep.",
            .needs = {"Lock.ExcludesOtherProcesses"},
            .title = "a process that is held up at any instruction of lock() or unlock() lets no second one in") {
  auto options = Play({{"meet"},
                       "two processes: lock.lock(); n = number; number = n + 1; lock.unlock();\n"
                       "one is held up at some point of this while the other goes on"});
  options.interventions = {{.mark = "inside", .unit = Unit::kCalls, .after = 0, .action = Action::kHold}};
  const std::vector<std::string> lines = {"two inside at once: false", "counted 2", "then free: true"};
  ExpectLinesAtEachMoment({"victim", Unit::kInstructions, Action::kHold, 160}, options, lines);
}

LAB_CHECK_F(
    ShmCheck, Lock, WaitsAsleep, .points = 4,
    .hint = "Let the kernel put you to sleep until the lock is free: no loop that looks, with or without sleeping.",
    .needs = {"Lock.ExcludesOtherProcesses"}, .title = "who waits for a lock sleeps, and gets it") {
  const int waiters = Between(2, 4);
  const auto run = RunSlowly({{"lock-waits", std::to_string(waiters)},
                              fmt::format("the parent holds the lock for long; {} children call lock()", waiters)},
                             1);
  ASSERT_THAT(run, SleepsAllTheTime());
  ASSERT_THAT(run, WaitsWithoutPolling());
  ASSERT_THAT(run, ExitsCleanly());
  EXPECT_THAT(run, PrintsLines({"all had the lock; two at once: false"}));
}

LAB_CHECK_F(ShmCheck, Lock, IsFreedByItsHolderAlone, .points = 4,
            .hint = "Remember which process holds it. A child inherits all variables of a holder, but not the lock.",
            .needs = {"Lock.ExcludesOtherProcesses"},
            .title = "unlock() throws std::logic_error unless this process holds it") {
  ExpectLines({{"unlock-by-others"}, "what lock.unlock() throws, in processes that hold the lock and in others"},
              {"a free lock: std::logic_error", "a child of the holder: std::logic_error", "again: std::logic_error",
               "then another process tries: false", "the holder: nothing", "twice: std::logic_error",
               "its parent: std::logic_error", "then the parent tries: false", "the child that holds it: nothing",
               "after all that: std::logic_error", "then free: true"});
  if (HasFailure()) return;
  ExpectLines(
      {{"child-of-holder"}, "lock.lock(); fork(); lock.unlock(); then the child calls unlock(), lock(), unlock()"},
      {"the child of a former holder: std::logic_error", "while it holds the lock, another process tries: false",
       "it frees it: nothing", "then free: true"});
}

LAB_CHECK_F(ShmCheck, Lock, IsNotDisturbedBySignals, .points = 2,
            .hint = "A call that returns because of a signal fails with EINTR: call it again.",
            .needs = {"Lock.WaitsAsleep"}, .title = "signal handlers do not disturb lock()") {
  const int signals = Between(4, 7);
  ExpectLines(
      {{"signals-while-waiting", "lock", std::to_string(signals)},
       fmt::format("a child waits in lock.lock(); {} signals with a handler come; then the lock is freed", signals)},
      {"taken: true, too early: false", fmt::format("signals: {}", signals)});
}

}  // namespace
}  // namespace grader::checks::lab07
