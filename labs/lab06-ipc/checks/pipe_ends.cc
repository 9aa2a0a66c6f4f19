// The ends of a pipe: closed, moved, copied by fork, and what the other side notices of it.
#include "ipc_check.h"

namespace grader::checks::lab06 {
namespace {

const std::vector<std::string> kKinds{"duplex", "oneway"};

LAB_CHECK_F(IpcCheck, Pipe, GivesWhatRemainsBeforeItEnds, .points = 3,
            .hint =
                "Disconnected means that nothing is left. A socket whose other side left something unread reports "
                "ECONNRESET once; what was sent before may still be there: socket(7), unix(7).",
            .title = "messages remain when their sender has ended; then recv() throws Disconnected") {
  for (const auto& kind : kKinds) {
    const auto seed = Seed();
    const auto run =
        Run(Scenario({"remains", kind, std::to_string(seed)},
                     kind == "duplex" ? "here.send(never_read);   // a child: there.send() 3 times, then it ends"
                                      : "// a child: there.send() 3 times, then it ends"));
    ExpectAll(run, {{"recv() returns what was sent, though the sender has ended",
                     "recv",
                     {Sent(seed, 0, 0), Sent(seed, 1, 10), Sent(seed, 2, 20)}},
                    {"poll() returns true at the end of the stream", "poll", {"true"}},
                    {"recv() throws Disconnected when nothing is left", "end", {"Disconnected", "Disconnected"}}});
    if (HasFailure()) return;
  }
}

LAB_CHECK_F(IpcCheck, Pipe, SendNoticesThatNobodyListens, .points = 3,
            .hint =
                "EPIPE, and for sockets also ECONNRESET. By default SIGPIPE comes before: MSG_NOSIGNAL, or keep the "
                "signal from being delivered.",
            .title = "send() throws Disconnected if nobody can receive, and no SIGPIPE ends the process") {
  for (const auto& kind : kKinds) {
    const auto run = Run(Scenario({"deaf", kind, std::to_string(Seed())},
                                  "here.close();\nthere.send(message);   // nobody else has this end"));
    ExpectAll(run,
              {{"send() throws Disconnected when every copy of the other end is closed",
                "send",
                {"Disconnected", "Disconnected", "Disconnected"}},
               {"a send() that sleeps throws Disconnected when the last receiver ends", "asleep", {"Disconnected"}}});
    if (HasFailure()) return;
  }
}

LAB_CHECK_F(IpcCheck, Pipe, EndsWithTheLastCopy, .points = 2,
            .hint = "close(2) gives up one process's copy; shutdown(2) ends the connection for all.",
            .title = "the stream ends when the last copy of the end is closed, not the first") {
  for (const auto& kind : kKinds) {
    const auto seed = Seed();
    const auto run = Run(
        Scenario({"copies", kind, std::to_string(seed)}, "// child 1: there.close();   child 2: there.send(message);"));
    ExpectAll(run, {{"poll() returns false: one copy is closed, but the other sender has still to send",
                     "poll",
                     {"false", "false"}},
                    {"recv() returns the other sender's message, and throws Disconnected when that one has ended too",
                     "recv",
                     {Sent(seed, 0, 60), "Disconnected"}}});
    if (HasFailure()) return;
  }
}

LAB_CHECK_F(IpcCheck, Pipe, OneSendsWhileAnotherReceives, .points = 2,
            .hint =
                "What belongs to the open file is common to all processes that have it: O_NONBLOCK (fcntl) and options "
                "(setsockopt). For one call alone there is MSG_DONTWAIT.",
            .title = "one process may send and another receive through the same end") {
  const auto seed = Seed();
  const auto large = Sent(seed, 0, 1 * kMiB), first = Sent(seed, 1, 101), second = Sent(seed, 2, 102);
  struct Pair {
    std::string how, code, victim, other, far;
  };
  for (const Pair& pair :
       {Pair{"poll", "here.poll(20ms);   // another process: here.send(Bytes(1 << 20));", "true", "returned", large},
        Pair{"recv", "here.recv();   // another process: here.send(Bytes(1 << 20));", second, "returned", large},
        Pair{"send", "here.send(message);   // another process: here.recv();", "returned", second, first}}) {
    AtEachMoment(
        {.mark = "victim", .action = observe::Intervention::Action::kHold, .most = 6},
        Scenario({"shares", pair.how, std::to_string(seed)}, pair.code), [&](const Observation& run) {
          ExpectAll(
              run, {{pair.how + "() is not disturbed by another process at the same end", "victim", {pair.victim}},
                    {"the other process is not disturbed by " + pair.how + "() at the same end", "other", {pair.other}},
                    {"what was sent arrives at the other end", "far", {pair.far}}});
        });
    if (HasFailure()) return;
  }
}

LAB_CHECK_F(IpcCheck, Pipe, ClosesAndMoves, .points = 3,
            .hint =
                "A moved-from end owns nothing. Assigning to an end closes what it held before; so does its "
                "destructor. And what is closed already is not closed again: its number may be somebody else's by now.",
            .title = "ends can be closed, moved, assigned to, and tell when they are not there") {
  const auto seed = Seed();
  const auto message = Sent(seed, 0, 50);
  const auto run = Run(Scenario({"moves", std::to_string(seed)},
                                "Connection c(std::move(a));   // then  d = std::move(c);  and close()"));
  const std::string moved = "on an end that was moved away throws Closed";
  const std::string closed = "on a closed end throws Closed";
  ExpectAll(run, {{"send() " + moved, "moved-send", {"Closed"}},
                  {"recv() " + moved, "moved-recv", {"Closed"}},
                  {"poll() " + moved, "moved-poll", {"Closed"}},
                  {"what is sent through the end's new owner arrives", "arrives", {message, message}},
                  {"assigning to an end closes the one it held: the other side has nothing to receive",
                   "alone-recv",
                   {"Disconnected"}},
                  {"assigning to an end closes the one it held: the other side has nobody to send to",
                   "alone-send",
                   {"Disconnected"}},
                  {"an end that was assigned from is moved away", "assigned", {"Closed"}},
                  {"an end that was moved away may be closed", "close-moved", {"returned"}},
                  {"an end that is destroyed is closed", "destroyed", {"Disconnected"}},
                  {"close() may be called twice", "close", {"returned", "returned"}},
                  {"what was opened after an end was closed stays open when that is closed again, and destroyed",
                   "foreign",
                   {"true"}},
                  {"send() " + closed, "closed-send", {"Closed"}},
                  {"recv() " + closed, "closed-recv", {"Closed"}},
                  {"poll() " + closed, "closed-poll", {"Closed"}}});
}

}  // namespace
}  // namespace grader::checks::lab06
