// join().
#include <fmt/format.h>

#include "grader/checks/thread_lab_check.h"

namespace grader::checks::lab08 {
namespace {

const std::string kEnd = "the last object is destroyed: work 0, others 0";

LAB_CHECK_F(
    ThreadLabCheck, Join, WaitsForTheEnd, .points = 6,
    .hint =
        "std::thread::join may be called once. A flag, a mutex and a condition variable of your own can be waited "
        "for by many; and who wakes up looks again, in a loop.",
    .needs = {"Life.BeginsWithStart"},
    .title = "join() returns when the thread has ended, in any number of threads, and all see what it did") {
  const int joiners = Between(2, 3), number = Between(1, 9999);
  std::vector<std::string> lines(static_cast<std::size_t>(joiners),
                                 fmt::format("ended, it wrote {}, is_alive() false, listed false", number));
  lines.emplace_back("join(0ns) true, join(-1s) true, join(20h) true");
  lines.push_back(kEnd);
  ExpectLines(
      TimeOfSleepers({{"joined-by-many", std::to_string(joiners), std::to_string(number)},
                      fmt::format("Thread t([&] {{ number = {}; }});\nt.start();\n"
                                  "// {} threads: t.join(); or t.join(20h);, then read number\nt.join();\nt.join();",
                                  number, joiners)},
                     800),
      lines);
}

LAB_CHECK_F(ThreadLabCheck, Join, LooksAndSees, .points = 2,
            .hint = "The flag that tells of the end must order: what was done before it, and what is read after it.",
            .needs = {"Life.BeginsWithStart"}, .title = "who learns of the end by join(0ns) sees what the thread did") {
  const int number = Between(1, 9999);
  ExpectOneOf(
      AnyTime({{"join-looks", std::to_string(number)},
               fmt::format("Thread t([&] {{ number = {}; }});\nt.start();\nif (t.join(0ns)) read number;", number)}),
      fmt::format("after join(0ns), which was true, it reads {}", number),
      {{fmt::format("after join(0ns), which was true, it reads {}", number), kEnd},
       {"after join(0ns), which was false, it reads -1", kEnd}});
}

LAB_CHECK_F(ThreadLabCheck, Join, KnowsWhatCannotEnd, .points = 3,
            .hint = "Which thread calls? A thread that joins itself would wait for ever.",
            .needs = {"Life.BeginsWithStart"},
            .title = "join() before start(), and in the thread itself, throws std::logic_error") {
  ExpectLines(AnyTime({{"join-errors"},
                       "t.join(); t.join(0ns);  // before start(): both throw\n"
                       "t.join(); t.join(0ns); t.join(1h);  // in its own target: all throw"}),
              {"join() before start(): std::logic_error", "join(0ns) before start(): std::logic_error",
               "join() in the thread itself: std::logic_error", "join(0ns) in the thread itself: std::logic_error",
               "join(1h) in the thread itself: std::logic_error", "join() after that: nothing", kEnd});
}

LAB_CHECK_F(
    ThreadLabCheck, Join, TimesOut, .points = 4,
    .hint =
        "Compute the point in time at which to give up once, before the loop. Waking up, because another thread "
        "has ended for example, does not mean that the time has passed.",
    .needs = {"Life.BeginsWithStart"},
    .title = "join(timeout) is false when the time has passed, not before or later") {
  const auto microseconds = Between(40'000, 900'000);
  const TimedCall call{"join(timeout)", std::chrono::microseconds(microseconds)};
  Explore(TimeOfSleepers({{"join-times-out", std::to_string(microseconds)},
                          fmt::format("t.start();  // its target waits for a gate\n// a thread: t.join({}us);\n"
                                      "/* other threads start and end, every {} us */",
                                      microseconds, microseconds * 3 / 10)},
                         250),
          [&](const ScheduledRun& run) {
            ASSERT_THAT(run, ExitsCleanly());
            ASSERT_THAT(run, checks::TimesOut(call));
            ASSERT_THAT(run, ThenPrints({"join(0ns) false, with a negative timeout false, is_alive() true", kEnd}));
          });
}

LAB_CHECK_F(
    ThreadLabCheck, Join, IsTrueInTime, .points = 4,
    .hint =
        "When the time is up, look once more. What wait_for of a condition returns tells of the time, and nothing "
        "of the thread.",
    .needs = {"Life.BeginsWithStart"}, .title = "join(timeout) is true if the thread ended in time") {
  const auto microseconds = Between(40'000, 900'000), number = Between(1, 9999);
  const TimedCall call{"join(timeout)", std::chrono::microseconds(microseconds)};
  Explore(
      AnyTime(
          {{"join-in-time", std::to_string(microseconds), std::to_string(number)},
           fmt::format("Thread t([&] {{ number = {}; }});\nt.start();\n// a thread: if (t.join({}us)) read number;\n"
                       "// another: t.join();",
                       number, microseconds)}),
      [&](const ScheduledRun& run) {
        ASSERT_THAT(run, ExitsCleanly());
        ASSERT_THAT(run, checks::IsTrueInTime(call));
        const auto reads = fmt::format("it reads {}", number);
        ASSERT_THAT(run, ThenPrints(WasTrue(run, call) ? std::vector{reads, kEnd} : std::vector<std::string>{kEnd}));
      });
}

LAB_CHECK_F(ThreadLabCheck, Join, WaitsAsleep, .points = 2,
            .hint = "A std::condition_variable or an atomic's wait() puts a thread to sleep until it is woken.",
            .needs = {"Life.BeginsWithStart"}, .title = "who joins a thread sleeps") {
  ExpectAsleep({"native",
                {{"joins"}, "Thread t(waits_for_input);\nt.start();\n// two threads: t.join(); and t.join(20h);"},
                {"join(20h): true"}});
}

}  // namespace
}  // namespace grader::checks::lab08
