// Event.
#include "sync_check.h"

namespace grader::checks::lab09 {
namespace {

LAB_CHECK_F(SyncCheck, Event, IsAFlag, .points = 3,
            .hint = "A bool, not set at first. wait(0ns) and shorter look at it, and do not sleep.",
            .title = "an Event is not set at first; set(), clear(), is_set() and wait(0ns) agree") {
  const auto negative = Between(1, 1'000'000'000);
  const auto looks = [&](const std::string& when, const std::string& seen) {
    return fmt::format("{}: is_set() {}, wait(0ns) {}, wait(-{}ns) {}", when, seen, seen, negative, seen);
  };
  ExpectLines(AnyTime({{"event-alone", std::to_string(negative)},
                       "Event e;\ne.set(); e.wait(); e.set(); e.clear(); e.clear(); e.set(); e.wait();\n"
                       "/* looked at after each */"}),
              {looks("at first", "false"), looks("set", "true"), "wait(20h): true", looks("set twice", "true"),
               looks("cleared", "false"), looks("cleared twice", "false"), looks("set again", "true")});
}

LAB_CHECK_F(SyncCheck, Event, WakesWhoeverComes, .points = 5,
            .hint =
                "Looking at the flag and falling asleep must be one step: both under the mutex that set() takes as "
                "well. And who wakes up has to look again, in a loop: a condition may wake without a notification.",
            .needs = {"Event.IsAFlag"}, .title = "wait() returns when the event is set: neither never nor too early") {
  const int waiters = Between(2, 3), number = Between(2, 9999);
  ExpectLines(AnyTime({{"event-wakes", std::to_string(waiters), std::to_string(number)},
                       fmt::format("int number = 0;  // {} threads: e.wait(); read number;\n"
                                   "number = {};\ne.set();",
                                   waiters, number)},
                      800),
              std::vector(static_cast<std::size_t>(waiters), fmt::format("after wait() a thread reads {}", number)));
}

LAB_CHECK_F(
    SyncCheck, Event, WakesAllThatWait, .points = 5,
    .hint =
        "A thread that wakes up after clear() sees a flag that is not set. Count how often the event was set, and "
        "compare with the count from before: then clear() takes nothing away.",
    .needs = {"Event.IsAFlag"},
    .title = "every thread that waits when set() is called returns, even if clear() follows at once") {
  constexpr int kRounds = 2;
  const int waiters = Between(2, 3);
  std::vector<std::string> lines;
  for (int round = 0; round < kRounds; ++round) {
    lines.push_back(fmt::format("before set(): {} returned", round * waiters));
    lines.push_back(fmt::format("after set(); clear(): {} returned; who comes now: false", (round + 1) * waiters));
  }
  lines.emplace_back("false from wait(20h): 0");
  ExpectLines(TimeOfSleepers({{"event-rounds", std::to_string(waiters), std::to_string(kRounds)},
                              fmt::format("{} threads sleep in e.wait() or e.wait(20h)\ne.set(); e.clear();\n"
                                          "// {} others sleep\ne.set(); e.clear(); e.set(); e.clear();",
                                          waiters, waiters)}),
              lines);
  if (HasFailure()) return;
  ExpectLines(TimeOfSleepers({{"event-cleared-by-another"},
                              "// a thread sleeps in e.wait()\ne.set();\n"
                              "// another thread: if (e.is_set()) e.clear();"},
                             200),
              {"after set(), and clear() by another thread: 1 returned"});
}

LAB_CHECK_F(
    SyncCheck, Event, MakesVisible, .points = 3,
    .hint =
        "What one thread wrote is visible to another only if something orders the two: a mutex that both take, or "
        "an atomic that one writes and the other reads, neither of them relaxed.",
    .needs = {"Event.IsAFlag"},
    .title = "who saw the event set by is_set() or wait(0ns) sees what was done before set()") {
  const auto number = Between(2, 9999);
  const auto told = [&](const std::string& call, bool seen) {
    return fmt::format("a thread whose {} was {} reads {}", call, seen, seen ? number : -1);
  };
  std::vector<std::vector<std::string>> wholes;
  for (const bool looked : {false, true}) {
    for (const bool waited : {false, true}) wholes.push_back({told("is_set()", looked), told("wait(0ns)", waited)});
  }
  ExpectOneOf(AnyTime({{"event-looks", std::to_string(number)},
                       fmt::format("number = {};\ne.set();\n// another thread: if (e.is_set()) read number;\n"
                                   "// and a third: if (e.wait(0ns)) read number;",
                                   number)}),
              fmt::format("who saw the event set reads {}", number), wholes);
}

LAB_CHECK_F(SyncCheck, Event, TimesOut, .points = 3,
            .hint =
                "Compute the point in time at which to give up once, before the loop. Waking up does not mean that the "
                "time has passed.",
            .needs = {"Event.IsAFlag"},
            .title = "wait(timeout) is false when the time has passed, not before or later") {
  const auto microseconds = Between(40'000, 900'000);
  ExpectTimesOut({{"event-times-out", std::to_string(microseconds)},
                  fmt::format("e.wait({}us);  // another thread calls clear() and is_set() meanwhile", microseconds)},
                 {"wait(timeout)", std::chrono::microseconds(microseconds)}, {});
}

LAB_CHECK_F(SyncCheck, Event, IsSetInTime, .points = 4,
            .hint =
                "When the time is up, look once more: the event may have been set just before. What wait_for of a "
                "condition returns tells of the time, and nothing of the event.",
            .needs = {"Event.IsAFlag"}, .title = "wait(timeout) is true if the event was set in time") {
  const auto microseconds = Between(40'000, 900'000), number = Between(2, 9999);
  ExpectTrueInTime(
      {{"event-set-in-time", std::to_string(microseconds), std::to_string(number)},
       fmt::format("// a thread: if (e.wait({}us)) read number;\nnumber = {};\ne.set();", microseconds, number)},
      {"wait(timeout)", std::chrono::microseconds(microseconds)}, {{fmt::format("it reads {}", number)}, {}});
}

LAB_CHECK_F(SyncCheck, Event, StandsCrowds, .points = 2,
            .hint = "All members of an object that several threads use need the same mutex, or must be atomic.",
            .needs = {"Event.IsAFlag"}, .title = "all functions may be called at the same time") {
  ExpectLines(AnyTime({{"event-in-use"},
                       "e.set();\n// threads: e.set(); e.is_set(); e.wait(0ns); e.wait();\n"
                       "// then: e.clear(); e.set(); while others call e.wait() and e.is_set()"}),
              {"looks at a set event that saw it not set: 0", "after clear(); set(): true"});
  if (HasFailure()) return;
  ExpectLines(
      TimeOfSleepers({{"event-of-two"}, "Event e, f;\n// a thread: e.wait();\nf.set(); f.wait();\ne.set();"}, 300),
      {"the other one is set: false, returned 0", "this one is set: true, returned 1"});
}

LAB_CHECK_F(SyncCheck, Event, WaitsAsleep, .points = 2,
            .hint = "A std::condition_variable or an atomic's wait() puts a thread to sleep until it is woken.",
            .needs = {"Event.IsAFlag"}, .title = "who waits for an event sleeps") {
  ExpectSleepers("events", "// threads: e.wait(); and e.wait(20h);");
}

}  // namespace
}  // namespace grader::checks::lab09
