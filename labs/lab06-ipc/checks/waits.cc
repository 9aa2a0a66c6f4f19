// How calls wait: asleep, and undisturbed by signals.
#include <fmt/format.h>

#include <sstream>

#include "ipc_check.h"

namespace grader::checks::lab06 {
namespace {

constexpr std::size_t kTooMuch = 8 * kMiB;  // for any pipe to hold

// What all the waiting processes of the scenario are to get in the end.
std::vector<Expected> AllServed(std::int64_t seed) {
  return {{"recv() returns the message", "recv", {Sent(seed, 5, kTooMuch)}},
          {"poll() returns true when a message comes", "poll", {"true"}},
          {"send() returns when the message has gone through", "send", {"returned"}},
          {"get() returns the message", "get", {Sent(seed, 7, 25)}},
          {"get() with a day's time returns the message", "get-day", {Sent(seed, 8, 26)}},
          {"put() returns when there is room", "put", {"returned"}},
          {"put() with a day's time returns when there is room", "put-day", {"returned"}},
          {"what was sent and put by those who waited arrives",
           "served",
           {Sent(seed, 2, kTooMuch), Sent(seed, 0, 20), Sent(seed, 3, 22), Sent(seed, 1, 21), Sent(seed, 4, 23)}}};
}

LAB_CHECK_F(IpcCheck, Ipc, WaitingIsAsleep, .points = 3,
            .hint = "Let the kernel wake you: a read(2) or poll(2) that blocks, not one that is repeated.",
            .title = "what waits is asleep") {
  const auto seed = Seed();
  auto options =
      Scenario({"asleep", std::to_string(seed)},
               "// seven children wait: recv(), poll(), send(), get() twice, put() twice", TraceLevel::kBlocking);
  options.limits = limits();
  options.limits->cpu_time = 4s;
  const auto run = Run(options);
  ExpectAll(run, AllServed(seed));
  if (HasFailure()) return;
  ASSERT_THAT(run, SleepsWhileWaiting());
  EXPECT_THAT(run, WaitsWithoutPolling());
}

// A line "OUTCOME NANOSECONDS ALARMS".
RunMatcher KeepsItsTimeout(const std::string& call, const std::string& outcome, std::int64_t timeout) {
  const auto sentence = fmt::format("{}() keeps its timeout while signals come every 4 ms", call);
  return Judge(sentence, [=](const Observation& run) -> std::optional<Problem> {
    constexpr int kMostAlarms = 60;  // then they stop: more than ten times what the timeout has room for
    const auto told = Told(run, "timed-" + call);
    if (told.size() != 1) return Problem{"it never came to that", {}, {}};
    std::istringstream stream(told.front());
    std::string came;
    std::int64_t time = 0;
    int alarms = 0;
    stream >> came >> time >> alarms;
    if (came != outcome) return Problem{InWords(came), {"right would be: " + InWords(outcome)}, {}};
    if (time < timeout - timeout / 1000 - 100'000) return Problem{"it gave up before its time was over", {}, {}};
    if (alarms < kMostAlarms) return std::nullopt;
    return Problem{"as long as signals came it did not return", {fmt::format("{} signals came", alarms)}, {}};
  });
}

LAB_CHECK_F(
    IpcCheck, Ipc, SignalsDisturbNoCall, .points = 3,
    .hint =
        "A handler makes sleeping calls fail with EINTR, or write(2) return after a part: go on where you were, "
        "with the time that is left.",
    .title = "a signal handler disturbs no call and changes no timeout") {
  const auto seed = Seed();
  constexpr std::int64_t kTimeout = 20'000'000;
  const auto run = Run(Scenario({"disturbed", std::to_string(seed), std::to_string(kTimeout)},
                                "// every call that sleeps, while SIGALRM comes every 4 ms (setitimer) to a handler"));
  ExpectAll(run, AllServed(seed));
  if (HasFailure()) return;
  ASSERT_THAT(run, KeepsItsTimeout("poll", "false", kTimeout));
  ASSERT_THAT(run, KeepsItsTimeout("get", "Empty", kTimeout));
  ASSERT_THAT(run, KeepsItsTimeout("put", "Full", kTimeout));
  for (const std::string call : {"get", "put"}) {
    const std::string right = call == "get" ? Sent(seed, 0, 50) : "returned";
    AtEachMoment(
        {.mark = "victim", .action = observe::Intervention::Action::kHold, .most = 6},
        Scenario({"interrupted", call, std::to_string(seed)},
                 "queue." + call + "(...);   // another process is in there, too; signals with a handler come"),
        [&](const Observation& held) {
          ExpectAll(held, {{call + "() is not disturbed while it waits for another process", "other", {right}},
                           {"nor is the other process", "victim", {right}}});
        });
    if (HasFailure()) return;
  }
}

class MeetingCheck : public IpcCheck {
 protected:
  // The process that waits is held at each moment of its call, until the other has come and gone.
  void Meets(const std::string& how, const std::string& code, std::int64_t seed,
             const std::vector<Expected>& expected) {
    AtEachMoment({.mark = "victim", .action = observe::Intervention::Action::kHold, .most = 16},
                 Scenario({"meet", how, std::to_string(seed)}, code),
                 [&](const Observation& run) { ExpectAll(run, expected); });
  }
};

LAB_CHECK_F(
    MeetingCheck, Ipc, MissesNothing, .points = 3,
    .hint =
        "Between a look and the sleep after it the other side may act. Only a call that looks and sleeps in one "
        "step cannot miss that.",
    .title = "who is about to sleep misses nothing") {
  const auto seed = Seed();
  Meets("recv", "here.recv();   // a child: there.send(message);", seed,
        {{"recv() returns the message", "victim", {Sent(seed, 0, 32)}}});
  if (HasFailure()) return;
  Meets("poll", "here.poll(24h);   // a child: there.send(message);", seed,
        {{"poll() returns true when the message is there", "victim", {"true"}}});
  if (HasFailure()) return;
  Meets("get", "queue.get();   // a child: queue.put(message);", seed,
        {{"get() returns the message", "victim", {Sent(seed, 0, 33)}}});
  if (HasFailure()) return;
  Meets("put", "queue.put(message);   // the queue is full; a child: queue.get(), twice", seed,
        {{"put() returns when there is room", "victim", {"returned"}},
         {"get() returns both messages", "other", {Sent(seed, 3, 30), Sent(seed, 2, 31)}}});
}

LAB_CHECK_F(IpcCheck, Queue, LetsTwoPassAtOnce, .points = 2,
            .hint =
                "Full means that there is no room, not that somebody else is just at work in the queue: whoever waits "
                "for a lock that is held for a moment is not waiting for room.",
            .title = "put() and get() without block succeed beside others, when there is room and a message") {
  const auto seed = Seed();
  for (const std::string call : {"get", "put"}) {
    const auto options =
        Scenario({"pass", call, std::to_string(seed)},
                 call == "get" ? "queue.get(false);   // in two processes; there are two messages"
                               : "queue.put(message, false);   // in two processes; there is room for two");
    const std::string right = call == "get" ? Sent(seed, 0, 40) : "returned";
    AtEachMoment({.mark = "victim", .action = observe::Intervention::Action::kHold, .most = 16}, options,
                 [&](const Observation& run) {
                   ExpectAll(run, {{"a call without block succeeds in one process", "victim", {right}},
                                   {"a call without block succeeds in the other process, too", "other", {right}}});
                 });
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace grader::checks::lab06
