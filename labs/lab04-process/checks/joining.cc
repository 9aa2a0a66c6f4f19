// join(), with and without a time-out.
#include <fmt/format.h>

#include <charconv>

#include "facts.h"

namespace grader::checks::lab04 {
namespace {

using std::chrono::nanoseconds;

constexpr auto kDay = nanoseconds(24h).count();

LAB_CHECK_F(ProcessCheck, Process, JoinReapsTheChild, .points = 2,
            .hint = "waitpid sleeps until the child has ended, and reaps it. A second waitpid would fail.",
            .title = "join() returns when the child has ended and is reaped; any number of calls") {
  const auto code = std::to_string(Between(2, 255));
  const auto run =
      RunTelling({"join", code},
                 fmt::format("Process p([] {{ usleep(20'000); _exit({}); }});\np.start();\np.join();\np.join();", code),
                 {{"the child after join() is", "reaped"}, {"join(1h) after join()", "true"}, {"exitcode()", code}});
  if (HasFailure()) return;
  EXPECT_THAT(run, LeavesNothingBehind());
}

LAB_CHECK_F(ProcessCheck, Process, RefusesToWaitBeforeStart, .points = 2,
            .hint = "There is nobody to wait for, or to signal.",
            .title = "before start(): join() and terminate() throw, and nothing is known of a child") {
  RunTelling({"before-start"},
             "Process p(work);\np.join();  // throws\np.terminate();  // throws\np.is_alive(); p.exitcode(); p.pid();",
             {{"join() before start()", "std::logic_error"},
              {"join(0ns) before start()", "std::logic_error"},
              {"join(1s) before start()", "std::logic_error"},
              {"terminate() before start()", "std::logic_error"},
              {"is_alive() before start()", "false"},
              {"exitcode() before start()", "empty"},
              {"pid() before start()", "empty"}});
}

std::string Call(std::int64_t timeout) { return fmt::format("join({}ns)", timeout); }

std::vector<std::int64_t> NumbersOf(const Observation& run, const std::string& what) {
  std::vector<std::int64_t> numbers;
  for (const auto& value : ValuesOf(run, what)) {
    std::int64_t number = -1;
    std::from_chars(value.data(), value.data() + value.size(), number);
    numbers.push_back(number);
  }
  return numbers;
}

// It was told to have taken at least as long as the time-out, by a clock that the class does not read.
RunMatcher TakesAtLeast(const std::string& call, std::int64_t timeout) {
  return JudgeAnyEnd(call + " does not say false before its time has passed",
                     [=](const Observation& run) -> std::optional<Problem> {
                       const auto values = NumbersOf(run, call + " took");
                       const std::int64_t took = values.empty() ? -1 : values[0];
                       if (took >= timeout) return std::nullopt;
                       return Problem{fmt::format("it said so after {} ns", took), {}, {}};
                     });
}

LAB_CHECK_F(
    ProcessCheck, Process, TimedJoinSaysWhetherItHasEnded, .points = 2,
    .hint =
        "poll counts in milliseconds: rounded down, the time is too short. ppoll takes nanoseconds. And SIGCHLD "
        "may tell of another child.",
    .title = "join(timeout) says false only when the time has passed, and true when the child has ended") {
  // Just below a millisecond, and often, since whoever comes late by chance is not seen to be early.
  std::vector<std::int64_t> timeouts{Between(900, 999), Between(10'000'000, 20'000'000)};
  for (int i = 0; i < 6; ++i) timeouts.push_back(990'000 + i * 1000 + Between(0, 999));
  std::vector<std::string> args{"timed"};
  std::vector<Fact> facts{{"join(0ns) while it runs", "false"},
                          {"join(-1s) while it runs", "false"},
                          {"join(nanoseconds::min()) while it runs", "false"},
                          {"join(60ms) while another child ends", "false"},
                          {"join(24h) as it ends", "true"},
                          {"the child after it is", "reaped"},
                          {"join(0ns) after it", "true"},
                          {"join(-1s) after it", "true"}};
  std::string calls;
  for (const auto timeout : timeouts) {
    args.push_back(std::to_string(timeout));
    facts.push_back({Call(timeout), "false"});
    calls += "\np." + Call(timeout) + ";";
  }
  const auto run = RunTelling(
      args,
      "Process p([] { /* wait for the parent's word */ });\np.start();\np.join(0ns); p.join(-1s);" + calls +
          "\nother.start(); p.join(60ms);  // the other child ends meanwhile\n/* give the word */\np.join(24h);",
      facts);
  for (const auto timeout : timeouts) {
    if (HasFailure()) return;
    EXPECT_THAT(run, TakesAtLeast(Call(timeout), timeout));
  }
  if (HasFailure()) return;
  EXPECT_THAT(run, TakesAtLeast("join(60ms) while another child ends", nanoseconds(60ms).count()));
}

LAB_CHECK_F(ProcessCheck, Process, TimedJoinTakesUpToADay, .points = 1,
            .hint = "A day has 86,400,000 milliseconds, and 86,400,000,000,000 nanoseconds: count the bits.",
            .title = "join(timeout) takes up to a day, and returns when the child ends") {
  std::vector<std::string> args{"long"};
  std::vector<Fact> facts;
  constexpr std::int64_t kAround = std::int64_t{1} << 32;  // an int comes to nothing after so many units
  for (const auto timeout : {kDay, nanoseconds(1h).count(), kAround * random().Integer(2, 20'000) + 1000,
                             kAround * random().Integer(1, 20) * 1000 + 1000}) {
    args.push_back(std::to_string(timeout));
    facts.push_back({Call(timeout), "true"});
    facts.push_back({fmt::format("after {} the child is", Call(timeout)), "reaped"});
  }
  RunTelling(
      args,
      fmt::format("Process p([] {{ usleep(15'000); }});\np.start();\np.join({}ns);  // and others as long", args[1]),
      facts);
}

LAB_CHECK_F(ProcessCheck, Process, JoinWaitsForTheChildOnly, .points = 1,
            .hint = "Whatever the child's own children have inherited is still open when the child has ended.",
            .title = "join() returns although a child of the child lives on") {
  RunTelling({"grandchild"}, "Process p([] { if (fork() == 0) { /* live on */ } });\np.start();\np.join();",
             {{"join()", "returned"}});
}

RunMatcher NeedsFewerSignals() {
  constexpr int kTooMany = 1000;  // at one in 2 ms
  return JudgeAnyEnd("join(timeout) ends in time, however often a handler interrupts it",
                     [](const Observation& run) -> std::optional<Problem> {
                       const auto values = ValuesOf(run, "signals during join(timeout)");
                       if (!values.empty() && std::stoi(values[0]) < kTooMany) return std::nullopt;
                       return Problem{"it began to wait anew after each signal", {}, {}};
                     });
}

// Who begins anew when a handler has run waits for the whole time-out from the signal on, each time. Who does not may
// come late, by half a time-out even, but not at each of many attempts. A handler that ran only when the time was over,
// as it does if join() blocks signals, shows nothing.
RunMatcher WaitsForTheRest(std::int64_t timeout) {
  return JudgeAnyEnd("after a signal join(timeout) waits for what is left of the time",
                     [=](const Observation& run) -> std::optional<Problem> {
                       const auto until_signal = NumbersOf(run, "until the signal");
                       const auto since_signal = NumbersOf(run, "from the signal to the end of join(timeout)");
                       if (since_signal.empty()) return Problem{"the run did not get so far", {}, {}};
                       std::size_t anew = 0;
                       for (std::size_t i = 0; i < since_signal.size(); ++i) {
                         if (until_signal.at(i) >= timeout) continue;
                         if (since_signal[i] < timeout) return std::nullopt;
                         ++anew;
                       }
                       if (anew == 0) return std::nullopt;
                       return Problem{fmt::format("it waited for the whole time again, {} times", anew), {}, {}};
                     });
}

LAB_CHECK_F(ProcessCheck, Process, SignalHandlersDisturbNothing, .points = 3,
            .hint =
                "A handler makes waitpid, poll and others return -1 with EINTR. Call again, for the time that is "
                "left.",
            .title = "no call is disturbed by a signal handler") {
  const auto code = std::to_string(Between(2, 255));
  const auto timeout = random().Integer(40'000'000, 60'000'000);
  const auto run = RunTelling({"signals", code, std::to_string(timeout)},
                              fmt::format("/* a signal every 2 ms, with a handler, without SA_RESTART */\n"
                                          "p.start(); p.join();\nq.start(); q.join({}ns);\n/* a destructor, and the "
                                          "program's end, with children that still run */",
                                          timeout),
                              {{"the child after join() is", "reaped"},
                               {"exitcode()", code},
                               {"join(timeout)", "false"},
                               {"join(24h)", "true"}});
  if (HasFailure()) return;
  ASSERT_THAT(run, TakesAtLeast("join(timeout)", timeout));
  ASSERT_THAT(run, NeedsFewerSignals());
  ASSERT_THAT(run, Joins("destroyed"));
  ASSERT_THAT(run, Joins("left to the program's end"));
  const auto longer = random().Integer(100'000'000, 140'000'000);
  const auto once = RunTelling(
      {"one-signal", std::to_string(longer)},
      fmt::format("/* one signal, with a handler, after {} ns */\np.start(); p.join({}ns);", longer / 2, longer),
      {{"join(24h)", "true"}});
  if (HasFailure()) return;
  EXPECT_THAT(once, WaitsForTheRest(longer));
}

class MeetingCheck : public ProcessCheck {
 protected:
  // The parent is held at each of its system calls in join() until the child has ended.
  void JoinsAtEachMoment(const std::string& kind) {
    AtEachMoment(
        {.mark = "joiner", .action = observe::Intervention::Action::kHold, .most = 16},
        {.args = {"met", kind},
         .scenario = fmt::format("Process p(ends_meanwhile);\np.start();\np.join({});", kind == "timed" ? "1h" : "")},
        [](const Observation& run) {
          ASSERT_THAT(run, GoesThrough());
          EXPECT_THAT(run, Tells({{"join()", "true"}, {"the child after it is", "reaped"}}));
        });
  }
};

LAB_CHECK_F(MeetingCheck, Process, JoinMissesNoEnd, .points = 2,
            .hint =
                "The child may end after you have looked, and before you sleep. What has come by then must end the "
                "sleep.",
            .title = "join() returns whenever the child ends, also between two of its steps") {
  for (const std::string kind : {"untimed", "timed"}) {
    JoinsAtEachMoment(kind);
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace grader::checks::lab04
