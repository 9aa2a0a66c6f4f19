// Semaphore, as long as nobody dies.
#include "semaphores.h"

namespace grader::checks::lab07 {

RunMatcher NeverReturnsEarly(const std::vector<std::string>& timeouts) {
  return Judge("acquire(timeout) is false, and not before the timeout has passed",
               [timeouts](const Observation& run) -> std::optional<Problem> {
                 const auto lines = Lines(run);
                 if (lines.size() != timeouts.size()) return Problem{"not all calls came back", {}, {}};
                 for (const auto& line : lines) {
                   const auto words = Split(line);
                   if (words.size() != 3) return Problem{"it printed something else", {line}, {}};
                   if (words[1] != "false")
                     return Problem{fmt::format("acquire({} ns) was true, of nothing", words[0]), {}, {}};
                   if (NumberIn(words[2]) >= NumberIn(words[0])) continue;
                   return Problem{fmt::format("acquire({} ns) was false after {} ns", words[0], words[2]), {}, {}};
                 }
                 return std::nullopt;
               });
}

RunMatcher KeepsItsTimeout(long long timeout, int signals) {
  return Judge(
      "the signals neither end the wait nor make it longer", [=](const Observation& run) -> std::optional<Problem> {
        const auto lines = Lines(run);
        const auto words = Split(lines.empty() ? std::string() : lines.front());
        if (words.size() != 3) return Problem{"it printed something else", lines, {}};
        if (words[0] != "false") return Problem{"acquire was true, although nobody had released", {}, {}};
        if (NumberIn(words[1]) < timeout) {
          return Problem{fmt::format("acquire({} ns) was false after {} ns", timeout, words[1]), {}, {}};
        }
        if (NumberIn(words[2]) < signals) return std::nullopt;
        return Problem{fmt::format("acquire({} ns) came back only when no more signals came", timeout),
                       {fmt::format("{} signals had come, one every 5 ms; that took {} ns", words[2], words[1])},
                       {}};
      });
}

namespace {

// Of the driver's lines "taken N, value M" and "left M".
RunMatcher TakesOneOrLeavesIt() {
  return Judge("acquire is true and has taken it, or false and has left it",
               [](const Observation& run) -> std::optional<Problem> {
                 const auto lines = Lines(run);
                 const std::vector<std::string> taken{"taken 1, value 0", "left 0"}, left{"taken 0, value 1", "left 1"};
                 if (lines == taken || lines == left) return std::nullopt;
                 return Problem{"one was released, but what was taken and what is left is not one together", lines, {}};
               });
}

LAB_CHECK_F(ShmCheck, Semaphore, Counts, .points = 3,
            .hint = "One counter, in shared memory or in the kernel: acquire takes one off, release adds one.",
            .title = "a Semaphore counts, for all processes together") {
  const int n = Between(3, 40);
  const auto value = [](int number) { return fmt::format("value {}", number); };
  ExpectLines({{"semaphore-counts", std::to_string(n)},
               fmt::format("shm::Semaphore s({}); parent and child acquire one each; acquire(0ns) until it is false;\n"
                           "a child releases {} times",
                           n, n)},
              {value(n), fmt::format("value in the child {}", n - 2), value(n - 2), fmt::format("taken {}", n - 2),
               value(0), value(n), "value of one from 0: 0"});
}

LAB_CHECK_F(ShmCheck, Semaphore, RefusesToStartBelowZero, .points = 1,
            .hint = "An int converted to unsigned is not negative any more: look at it before.",
            .title = "a negative start throws std::invalid_argument") {
  const int n = -Between(2, 5000);
  ExpectLines({{"semaphore-refuses", std::to_string(n)}, "what is thrown by shm::Semaphore s(n), for different n"},
              {fmt::format("{}: std::invalid_argument", n), "-1: std::invalid_argument",
               "least int: std::invalid_argument", "0: nothing"});
}

LAB_CHECK_F(ShmCheck, Semaphore, CountsFar, .points = 1,
            .hint = "release() never waits: what you count with must not become full.", .needs = {"Semaphore.Counts"},
            .title = "the counter can become large, and release() never waits") {
  const int start = Between(100'000, 300'000), more = Between(70'000, 90'000);
  ExpectLines({{"semaphore-of-many", std::to_string(start), std::to_string(more)},
               fmt::format("shm::Semaphore s({}); then release(), {} times", start, more)},
              {fmt::format("value {}", start), fmt::format("value {}", start + more)});
}

LAB_CHECK_F(
    ShmCheck, Semaphore, WaitsAsleep, .points = 4,
    .hint = "Sleep in the kernel while the counter is zero. Each release wakes one: not none, and not all for good.",
    .needs = {"Semaphore.Counts"}, .title = "who waits sleeps; each release lets one go on, and no more") {
  const int waiters = Between(4, 6);
  const auto run = RunSlowly({{"semaphore-waits", std::to_string(waiters)},
                              fmt::format("shm::Semaphore s(0); {} children wait in acquire() and acquire(20h);\n"
                                          "after a while: release(), twice; after another while once for each other",
                                          waiters)},
                             2);
  ASSERT_THAT(run, SleepsAllTheTime());
  ASSERT_THAT(run, WaitsWithoutPolling());
  ASSERT_THAT(run, ExitsCleanly());
  EXPECT_THAT(run, PrintsLines({"a third has passed after two releases: false", "value 0"}));
}

LAB_CHECK_F(ShmCheck, Semaphore, LetsInNoMoreThanItsCount, .points = 1,
            .hint = "Looking whether the counter is above zero and taking one off must be one step.",
            .needs = {"Semaphore.CountsFar"}, .title = "no more processes get in than the counter allows") {
  const int children = Between(4, 5), most = Between(1, 3), rounds = Between(200, 300);
  const auto options =
      Play({{"semaphore-limits", std::to_string(children), std::to_string(rounds), std::to_string(most)},
            fmt::format("shm::Semaphore s({}); {} children, {} times each: acquire(); ...; release();", most, children,
                        rounds)});
  ForEachRun({.watched = 1, .native = 1}, options, [&](const Observation& run) {
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, PrintsLines({"more inside than it lets: false", fmt::format("value {}", most)}));
  });
  if (HasFailure()) return;
  constexpr int kReleases = 100'000;
  auto gather = Play({{"semaphore-gathers", "2", std::to_string(kReleases)},
                      fmt::format("two processes call release(), {} times each, as fast as they can", kReleases)});
  gather.level = TraceLevel::kNone;
  const auto gathering = Run(std::move(gather));
  ASSERT_THAT(gathering, ExitsCleanly());
  EXPECT_THAT(gathering, PrintsLines({fmt::format("value {}", 2 * kReleases)}));
}

struct Meeting {
  const char* first;
  const char* second;
  int initial;
  int taken;
  int left;
};
constexpr Meeting kMeetings[] = {{"release", "release", 2, 0, 4},
                                 {"look", "look", 1, 1, 0},
                                 {"release", "acquire", 0, 1, 0},
                                 {"acquire", "release", 0, 1, 0}};

std::string InWords(const std::string& call) { return call == "look" ? "acquire(0ns)" : call + "()"; }

LAB_CHECK_F(ShmCheck, Semaphore, CountsAtEveryInstruction, .points = 5,
            .hint =
                "counter++ is three steps: read, add, write. Use an atomic operation. And between seeing zero and "
                "falling asleep a release may come: it must not be missed.",
            .needs = {"Semaphore.Counts"},
            .title = "a process that is held up at any instruction of acquire() or release() spoils no count") {
  for (const Meeting& meeting : kMeetings) {
    const auto initial = std::to_string(meeting.initial);
    const auto options =
        Play({{"meet-at-semaphore", meeting.first, meeting.second, initial},
              fmt::format("shm::Semaphore s({}); one process calls {}, and is held up at some point of "
                          "it while another calls {}",
                          initial, InWords(meeting.first), InWords(meeting.second))});
    ExpectLinesAtEachMoment(
        {"victim", Unit::kInstructions, Action::kHold, 20}, options,
        {fmt::format("taken {}, value {}", meeting.taken, meeting.left), fmt::format("left {}", meeting.left)});
    if (HasFailure()) return;
  }
}

LAB_CHECK_F(ShmCheck, Semaphore, TellsItsValueToAll, .points = 1,
            .hint = "value() only looks: it must not take the tokens off to count them.", .needs = {"Semaphore.Counts"},
            .title = "value() is exact though another process asks for it as well") {
  const int n = Between(2, 50);
  const auto options = Play({{"value-together", std::to_string(n)},
                             fmt::format("shm::Semaphore s({}); two processes call s.value() at the same time", n)});
  const auto line = fmt::format("value {}", n);
  ExpectLinesAtEachMoment({"victim", Unit::kCalls, Action::kHold, 10}, options, {line, line});
}

LAB_CHECK_F(
    ShmCheck, Semaphore, TimesOut, .points = 2,
    .hint =
        "A timeout cut down to whole milliseconds is too short. And who has taken one in the last moment must not "
        "say false.",
    .needs = {"Semaphore.Counts"}, .title = "acquire(timeout) is false only when the timeout has passed") {
  std::vector<std::string> timeouts = {"1", "999999", "1999999", "2999000"};
  for (int i = 0; i < 6; ++i) timeouts.push_back(std::to_string(random().Integer(300'000, 8'999'999)));
  timeouts.push_back(std::to_string(random().Integer(30'000'000, 60'000'000)));
  std::vector<std::string> args = {"semaphore-times-out"};
  args.insert(args.end(), timeouts.begin(), timeouts.end());
  const auto run = Run(Play({args, "shm::Semaphore s(0); s.acquire(timeout), for timeouts of up to 60 ms"}));
  ASSERT_THAT(run, ExitsCleanly());
  ASSERT_THAT(run, NeverReturnsEarly(timeouts));
  // Just as the time is up, somebody releases. Both answers are right, if they are true.
  AtEachMoment({"victim", Unit::kCalls, Action::kHold, 8},
               Play({{"meet-at-semaphore", "briefly", "release", "0"},
                     "shm::Semaphore s(0); one process calls acquire(3ms), another release() at some point of that"}),
               [](const Observation& held) {
                 ASSERT_THAT(held, ExitsCleanly());
                 EXPECT_THAT(held, TakesOneOrLeavesIt());
               });
}

LAB_CHECK_F(ShmCheck, Semaphore, OnlyLooks, .points = 1,
            .hint = "poll(2) takes a negative timeout for `for ever`, and sem_timedwait a negative one for an error.",
            .needs = {"Semaphore.Counts"}, .title = "with a timeout of zero or less, acquire only looks") {
  ExpectLines({{"semaphore-looks"},
               "acquire(0ns), acquire(-1ns), acquire(-1ms), acquire(-5s), acquire(nanoseconds::min()):\n"
               "first of nothing, then with one released before each; then acquire(1ns) and acquire(24h) of one"},
              {"of nothing: 0", "of one each: 5", "one is there: true", "one is there: true", "value 0"});
}

LAB_CHECK_F(ShmCheck, Semaphore, WaitsForLong, .points = 1,
            .hint = "A day has 86,400,000,000,000 ns; and a timespec's tv_nsec must stay below 1,000,000,000.",
            .needs = {"Semaphore.Counts"}, .title = "timeouts may be as long as a day") {
  const std::vector<std::string> timeouts = {"86400000000000",
                                             std::to_string(random().Integer(2'200'000'000'000, 80'000'000'000'000)),
                                             "3999999999", "4300000000"};
  std::vector<std::string> args = {"semaphore-long-timeouts"};
  args.insert(args.end(), timeouts.begin(), timeouts.end());
  std::vector<std::string> lines(timeouts.size(), "taken: true, too early: false");
  lines.push_back("value 0");
  ExpectLines({args, fmt::format("shm::Semaphore s(0); a child waits in s.acquire(timeout), for {} ns;\n"
                                 "when it sleeps, the parent calls release()",
                                 fmt::join(timeouts, ", "))},
              lines);
}

LAB_CHECK_F(ShmCheck, Semaphore, IsNotDisturbedBySignals, .points = 1,
            .hint = "A call that returns because of a signal fails with EINTR: call it again.",
            .needs = {"Semaphore.WaitsAsleep"}, .title = "signal handlers do not disturb acquire()") {
  for (const std::string call : {"acquire", "timed"}) {
    const int signals = Between(4, 7);
    ExpectLines({{"signals-while-waiting", call, std::to_string(signals)},
                 fmt::format("a child waits in {}; {} signals with a handler come; then release()",
                             call == "timed" ? "acquire(5h)" : "acquire()", signals)},
                {"taken: true, too early: false", fmt::format("signals: {}", signals)});
    if (HasFailure()) return;
  }
}

LAB_CHECK_F(ShmCheck, Semaphore, KeepsItsTimeoutInSpiteOfSignals, .points = 2,
            .hint =
                "After EINTR wait for what is left of the time, not for the whole of it again: best up to a fixed "
                "point in time.",
            .needs = {"Semaphore.TimesOut"}, .title = "signal handlers change no timeout") {
  const long long timeout = random().Integer(30'000'000, 60'000'000);
  constexpr int kSignals = 80;
  const auto run = Run(Play({{"signals-before-the-timeout", std::to_string(timeout), std::to_string(kSignals)},
                             fmt::format("shm::Semaphore s(0); s.acquire({} ns), while a signal with a handler comes "
                                         "every 5 ms, {} times",
                                         timeout, kSignals)}));
  ASSERT_THAT(run, ExitsCleanly());
  EXPECT_THAT(run, KeepsItsTimeout(timeout, kSignals));
}

}  // namespace
}  // namespace grader::checks::lab07
