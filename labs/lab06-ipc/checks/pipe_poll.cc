// Connection::poll()
#include "ipc_check.h"

namespace grader::checks::lab06 {
namespace {

LAB_CHECK_F(IpcCheck, Pipe, PollTellsWhatRecvWillDo, .points = 3,
            .hint =
                "poll() takes nothing out of the pipe. A day in nanoseconds is more than an int; a negative timeout "
                "means something else to poll(2) than here.",
            .title = "poll() looks, waits up to a day, and is true at the end of the stream") {
  const auto seed = Seed();
  const auto run = Run(Scenario({"looks", std::to_string(seed)}, "here.poll(timeout);   // 0, -1 ns, -1 s, a day"));
  ExpectAll(run, {{"poll() returns false if there is nothing and the timeout is zero or less", "nothing",
                   std::vector<std::string>(4, "false")},
                  {"poll() returns true if there is a message, as often as it is asked", "message",
                   std::vector<std::string>(7, "true")},
                  {"recv() returns the message that poll() promised, and at the end it throws Disconnected",
                   "recv",
                   {Sent(seed, 0, 35), Sent(seed, 0, 0), Sent(seed, 1, 36), "Disconnected"}},
                  {"poll() returns false when the only message has been received", "taken", {"false", "false"}},
                  {"poll() returns true at the end of the stream", "end", {"true", "true", "true"}}});
}

LAB_CHECK_F(IpcCheck, Pipe, PollWaitsItsTime, .points = 2,
            .hint = "poll(2) counts whole milliseconds: 1.9 ms must not become 1 ms. ppoll(2) takes nanoseconds.",
            .title = "poll() returns false only when its timeout has passed") {
  std::vector<std::string> args{"polltimes"};
  for (const int milliseconds : {0, 1, 2, 7, 20}) {
    args.push_back(std::to_string(milliseconds * 1'000'000 + random().Integer(800'000, 990'000)));
  }
  const auto run = Run(Scenario(args, "here.poll(timeout);   // nobody sends"));
  ExpectAll(run, {});
  if (HasFailure()) return;
  EXPECT_THAT(run, GivesUpInTime("poll() returns false when the timeout has passed, and not before", "poll", "false"));
}

LAB_CHECK_F(
    IpcCheck, Pipe, PollIsNotFooledByHalfAMessage, .points = 2,
    .hint =
        "If poll() is true, recv() must not have to sleep. Half a message is nothing that recv() can return: keep "
        "what has come, also when the end is moved, and go on waiting for the rest.",
    .title = "poll() is not true for half a message") {
  for (const auto* kind : {"duplex", "oneway"}) {
    const auto seed = Seed();
    const auto size = MoreThanFits();
    const auto run =
        Run(Scenario({"halfpoll", kind, std::to_string(seed), std::to_string(size)},
                     "// a child: there.send(large) until it sleeps over one, and is stopped\n"
                     "// when all before it is received:\nhere.poll(30ms);\n"
                     "// the child goes on:\nConnection c(std::move(here));   d = std::move(c);   d.recv();"));
    auto received = SentBeforeItSlept(run, seed, size);
    received.push_back(Sent(seed, received.size() + 1, size));
    received.push_back("Disconnected");
    ExpectAll(run, {{"poll() returns false while recv() would have to wait for the rest", "half", {"false", "false"}},
                    {"poll() returns true when the rest has come", "whole", {"true"}},
                    {"recv() returns the whole message", "recv", received}});
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace grader::checks::lab06
