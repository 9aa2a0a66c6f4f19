// Connection::poll()
#pragma once

#include "stage.h"

namespace stage {

// looks SEED
inline void Looks(const Words& words) {
  auto ends = ipc::Pipe();
  const auto look = [&](nanoseconds timeout) { return Outcome([&] { return ends.first.poll(timeout); }); };
  const auto take = [&] { return Outcome([&] { return ends.first.recv(); }); };
  for (const nanoseconds timeout : {nanoseconds(0), nanoseconds(-1), nanoseconds(-1s), -kDay}) {
    Tell("nothing", look(timeout));
  }
  for (const std::size_t size : {std::size_t{35}, std::size_t{0}}) {
    ends.second.send(content::Message(Number(words[0]), 0, size));
    for (const nanoseconds timeout : {nanoseconds(0), nanoseconds(-1s), kDay}) Tell("message", look(timeout));
    Tell("recv", take());
    Tell("taken", look(0ns));
  }
  const pid_t sender = Child([&] {
    ends.first.close();
    AwaitAsleep(getppid());
    ends.second.send(content::Message(Number(words[0]), 1, 36));
    Nap(1ms);
  });
  ends.second.close();
  Tell("message", look(kDay));
  Tell("recv", take());
  Tell("end", look(kDay));
  Tell("end", look(0ns));
  Tell("recv", take());
  Tell("end", look(-1s));
  Reap(sender);
}

// polltimes NANOSECONDS...: nothing comes.
inline void PollTimes(const Words& words) {
  auto ends = ipc::Pipe();
  for (const auto& word : words) {
    const nanoseconds timeout(Number(word));
    Tell("poll " + word, Timed([&] { return ends.first.poll(timeout); }));
  }
}

// halfpoll DUPLEX SEED SIZE: the sender is stopped while it sleeps over a message that does not fit any more, and goes
// on when all before it is received and the end has moved.
inline void HalfPoll(const Words& words) {
  auto [here, there] = ipc::Pipe(words[0] == "duplex");
  const Flood flood(Number(words[1]), Number(words[2]));
  const pid_t sender = Child([&] {
    here.close();
    flood.Send(there);
  });
  there.close();
  flood.AwaitFull(sender);
  kill(sender, SIGSTOP);
  while (waitpid(sender, nullptr, WUNTRACED) == -1 && errno == EINTR) continue;
  flood.Stop();
  Tell("sent", InWords(flood.sent()));
  for (int i = 0; i < flood.sent(); ++i) Tell("recv", Outcome([&] { return here.recv(); }));
  Tell("half", Outcome([&] { return here.poll(); }));
  Tell("half", Outcome([&] { return here.poll(30ms); }));
  ipc::Connection moved(std::move(here));
  auto other = ipc::Pipe(words[0] == "duplex");
  other.first = std::move(moved);
  kill(sender, SIGCONT);
  Tell("whole", Outcome([&] { return other.first.poll(kDay); }));
  Tell("recv", Outcome([&] { return other.first.recv(); }));
  Tell("recv", Outcome([&] { return other.first.recv(); }));
  Reap(sender);
}

}  // namespace stage
