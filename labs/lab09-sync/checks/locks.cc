// Lock.
#include "sync_check.h"

namespace grader::checks::lab09 {
namespace {

LAB_CHECK_F(SyncCheck, Lock, IsHeldOrFree, .points = 3,
            .hint = "A bool: held or not. release() of what is free throws std::logic_error, and changes nothing.",
            .title = "a Lock is free at first; acquire(0ns) takes it if it is free; release() of a free one throws") {
  ExpectLines(
      AnyTime({{"lock-alone", std::to_string(Between(1, 1'000'000'000))},
               "Lock l;\nl.release();  // throws\nl.acquire(0ns); l.release(); l.release();  // throws\n"
               "/* and so on; acquire(0ns) and shorter try whether it is held */"}),
      {"release() of a new lock throws std::logic_error", "at first, acquire(0ns): true", "then, acquire(0ns): false",
       "with a negative timeout: false", "release() throws nothing", "a second release() throws std::logic_error",
       "with a negative timeout: true", "then, acquire(0ns): false", "acquire(20h): true", "then, acquire(0ns): false",
       "after acquire(), acquire(0ns): false", "in a LockGuard, acquire(0ns): false", "after it, acquire(0ns): true"});
}

LAB_CHECK_F(SyncCheck, Lock, Excludes, .points = 5,
            .hint =
                "Finding the lock free and taking it must be one step, and finding it held and falling asleep as well. "
                "Who is woken may find it taken by another, and has to wait again.",
            .needs = {"Lock.IsHeldOrFree"}, .title = "one thread at a time has the lock, and everybody gets it") {
  const int threads = Between(2, 3), rounds = 2;
  ExpectLines(
      AnyTime({{"lock-counts", std::to_string(threads), std::to_string(rounds)},
               fmt::format("// {} threads, {} times each: LockGuard guard(l); number = number + 1;", threads, rounds)},
              800),
      {fmt::format("the counter is {}", threads * rounds)});
  if (HasFailure()) return;
  ExpectLines(AnyTime({{"lock-counts-timed", "2"},
                       "// 3 threads, twice each, with 0ns, 30ms and 20h:\n"
                       "if (l.acquire(timeout)) { number = number + 1; l.release(); }"}),
              {"counted right: true"});
}

LAB_CHECK_F(SyncCheck, Lock, LetsInOneAtATime, .points = 3,
            .hint = "Each release() lets one waiting thread have the lock, and no more than one.",
            .needs = {"Lock.IsHeldOrFree"}, .title = "release() lets one waiting thread take the lock") {
  const int waiters = Between(2, 3);
  std::vector<std::string> lines;
  for (int had = 0; had <= waiters; ++had) lines.push_back(fmt::format("{} of them have had it", had));
  lines.emplace_back("the last one holds it, acquire(0ns): false");
  ExpectLines(TimeOfSleepers({{"lock-lets-in-one", std::to_string(waiters)},
                              fmt::format("l.acquire();\n// {} threads: l.acquire(); or l.acquire(20h);\n"
                                          "l.release();  // when all sleep, and again when all sleep",
                                          waiters)}),
              lines);
}

LAB_CHECK_F(
    SyncCheck, Lock, HasNoOwner, .points = 4,
    .hint =
        "A std::mutex belongs to the thread that locked it: only that thread may unlock it, and it must not lock "
        "it again. So the lock is a variable of its own; a mutex guards it for a moment only.",
    .needs = {"Lock.IsHeldOrFree"}, .title = "any thread may release a lock; who has it waits to have it again") {
  const auto number = Between(2, 9999);
  ExpectLines(TimeOfSleepers({{"lock-has-no-owner", std::to_string(number)},
                              fmt::format("// a thread: l.acquire(); l.acquire(5ms); l.acquire(); read number;\n"
                                          "// another one, later: number = {}; l.release();",
                                          number)}),
              {"the holder has taken it 1 times", fmt::format("the holder has taken it 2 times, and reads {}", number),
               "before that acquire(5ms) was false: true", "afterwards, acquire(0ns): false"});
}

LAB_CHECK_F(SyncCheck, Lock, IsReleasedAndTakenOnce, .points = 3,
            .hint = "Finding it held and freeing it must be one step, as finding it free and taking it.",
            .needs = {"Lock.IsHeldOrFree"},
            .title = "of two that release it at once, one throws; of two that try, one has it") {
  ExpectLines(AnyTime({{"lock-released-twice"}, "l.acquire();\n// two threads: l.release();"}),
              {"std::logic_error was thrown by 1 of 2", "then, acquire(0ns): true", "then, acquire(0ns): false"});
  if (HasFailure()) return;
  ExpectLines(AnyTime({{"lock-tried-by-two"}, "// two threads: l.acquire(0ns);"}),
              {"acquire(0ns) was true in 1 of 2", "after release(), acquire(0ns): true"});
}

LAB_CHECK_F(SyncCheck, Lock, TimesOut, .points = 3,
            .hint =
                "Compute the point in time at which to give up once, before the loop. Who wakes up and finds the lock "
                "held waits for the rest of the time.",
            .needs = {"Lock.IsHeldOrFree"},
            .title = "acquire(timeout) is false when the time has passed, not before or later") {
  const auto microseconds = Between(40'000, 900'000);
  const auto timeout = std::chrono::microseconds(microseconds);
  ExpectTimesOut({{"lock-times-out", std::to_string(microseconds)},
                  fmt::format("l.acquire();\n// another thread: l.acquire({}us);", microseconds)},
                 {"acquire(timeout)", timeout}, {"then, acquire(0ns): true"});
  if (HasFailure()) return;
  ExpectTimesOutAtMost({{"lock-comes-and-goes", std::to_string(microseconds)},
                        fmt::format("l.acquire();\n// another thread: l.acquire({}us);\n"
                                    "l.release(); l.acquire();  // every {} us",
                                    microseconds, microseconds * 3 / 10)},
                       {"acquire(timeout)", timeout}, {});
}

LAB_CHECK_F(SyncCheck, Lock, IsTakenInTime, .points = 4,
            .hint =
                "When the time is up, look once more. A thread that was woken to take the lock and says false instead "
                "leaves a free lock, and others that sleep.",
            .needs = {"Lock.IsHeldOrFree"},
            .title = "acquire(timeout) is true if the lock became free in time, and keeps it from nobody else") {
  const auto microseconds = Between(40'000, 900'000), number = Between(2, 9999);
  ExpectTrueInTime({{"lock-freed-in-time", std::to_string(microseconds), std::to_string(number)},
                    fmt::format("l.acquire();\n// another thread: if (l.acquire({}us)) read number;\n"
                                "number = {};\nl.release();",
                                microseconds, number)},
                   {"acquire(timeout)", std::chrono::microseconds(microseconds)},
                   {{fmt::format("it reads {}", number)}, {"then, acquire(0ns): true"}});
  if (HasFailure()) return;
  ExpectLines(AnyTime({{"lock-freed-for-two", std::to_string(microseconds)},
                       fmt::format("l.acquire();\n// a thread: if (l.acquire({}us)) l.release();\n"
                                   "// another: l.acquire(); l.release();\nl.release();",
                                   microseconds)}),
              {"who waits for ever has had it: 1", "then, acquire(0ns): true"});
}

LAB_CHECK_F(SyncCheck, Lock, WaitsAsleep, .points = 2,
            .hint = "A std::condition_variable or an atomic's wait() puts a thread to sleep until it is woken.",
            .needs = {"Lock.IsHeldOrFree"}, .title = "who waits for a lock sleeps, and disturbs no other lock") {
  ExpectSleepers("locks", "l.acquire();\n// threads: l.acquire(); and l.acquire(20h);");
  if (HasFailure()) return;
  ExpectLines(
      TimeOfSleepers({{"lock-of-two"}, "Lock l, m;\nl.acquire();\n// a thread: l.acquire();\nm.acquire(0ns);"}, 300),
      {"the other one, acquire(0ns): true", "taken by who waits: 0", "taken by who waits: 1"});
}

}  // namespace
}  // namespace grader::checks::lab09
