// A sender that dies over its message.
#include "ipc_check.h"

namespace grader::checks::lab06 {
namespace {

LAB_CHECK_F(IpcCheck, Pipe, HalfAMessageDoesNotCount, .points = 3,
            .hint = "An end of file in the middle of a message is the end of the stream, not a short message.",
            .title = "a message whose sender died over it does not count") {
  for (const auto* kind : {"duplex", "oneway"}) {
    const auto seed = Seed();
    const auto size = MoreThanFits();
    const auto run = Run(Scenario(
        {"half", kind, std::to_string(seed), std::to_string(size)},
        "// a child: there.send(small); then there.send(large) until it sleeps over one, and is killed\nhere.recv();"));
    auto received = SentBeforeItSlept(run, seed, size);
    received.insert(received.begin(), Sent(seed, 0, 30));
    received.push_back("Disconnected");
    ExpectAll(run, {{"poll() returns true when the sender of half a message is dead: recv() has something to throw",
                     "poll",
                     {"true"}},
                    {"recv() returns the messages before it, and then throws Disconnected", "recv", received}});
    if (HasFailure()) return;
  }
}

LAB_CHECK_F(IpcCheck, Pipe, NoMomentOfDeathMakesHalfAMessage, .points = 2,
            .hint = "Between any two system calls of send() the sender may die. What does recv() have then?",
            .title = "a sender may be killed at any moment of send()") {
  for (const auto* kind : {"duplex", "oneway"}) {
    const auto seed = Seed();
    const auto size = Size(400'000, 600'000);
    const auto options =
        Scenario({"dying", kind, std::to_string(seed), std::to_string(size)},
                 "// a child: there.send(Bytes(500'000)), and is killed\nhere.poll(24h);   here.recv();");
    AtEachMoment({.mark = "victim", .most = 8}, options, [&](const Observation& run) {
      const auto whole = Sent(seed, 0, size);
      ExpectAll(run,
                {{"poll() returns true: recv() has a message to return, or something to throw", "poll", {"true"}}});
      if (HasFailure()) return;
      if (Told(run, "recv").size() > 1) {
        ExpectAll(
            run, {{"recv() returns the whole message, and then throws Disconnected", "recv", {whole, "Disconnected"}}});
      } else {
        ExpectAll(run, {{"recv() throws Disconnected if the message was never whole", "recv", {"Disconnected"}}});
      }
    });
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace grader::checks::lab06
