// What Pipe carries.
#pragma once

#include "stage.h"

namespace stage {

inline void RecvUntilItThrows(ipc::Connection& end) {
  std::string outcome;
  do {
    outcome = Outcome([&] { return end.recv(); });
    Tell("recv", outcome);
  } while (outcome[0] >= '0' && outcome[0] <= '9');
}

// messages DUPLEX SEED SIZE...: a child sends messages of these sizes and closes its end.
inline void Messages(const Words& words) {
  auto [here, there] = ipc::Pipe(words[0] == "duplex");
  const auto seed = Number(words[1]);
  const pid_t sender = Child([&] {
    here.close();
    for (std::size_t i = 2; i < words.size(); ++i) there.send(content::Message(seed, i - 2, Number(words[i])));
  });
  there.close();
  RecvUntilItThrows(here);
  Reap(sender);
}

// bothways SEED SIZE...: every message is sent, comes back, and crosses another one.
inline void BothWays(const Words& words) {
  auto [here, there] = ipc::Pipe();
  const auto seed = Number(words[0]);
  Gate sent_here;
  Gate sent_there;
  const pid_t child = Child([&] {
    here.close();
    there.send(content::Message(seed, 1000, 11));
    sent_there.Open();
    sent_here.Wait();
    Tell("there", Outcome([&] { return there.recv(); }));
    for (std::size_t i = 1; i < words.size(); ++i) there.send(there.recv());
  });
  there.close();
  here.send(content::Message(seed, 1001, 12));
  sent_here.Open();
  sent_there.Wait();
  Tell("here", Outcome([&] { return here.recv(); }));
  for (std::size_t i = 1; i < words.size(); ++i) {
    here.send(content::Message(seed, i - 1, Number(words[i])));
    Tell("back", Outcome([&] { return here.recv(); }));
  }
  Reap(child);
}

// lengths SEED: what is too long, and that it leaves no trace.
inline void Lengths(const Words& words) {
  const auto seed = Number(words[0]);
  for (const bool duplex : {true, false}) {
    auto [here, there] = ipc::Pipe(duplex);
    const Bytes too_long((std::size_t{16} << 20) + 1);
    Tell("toolong", Outcome([&] { there.send(too_long); }));
    there.send(content::Message(seed, 0, 100));
    Tell("next", Outcome([&] { return here.recv(); }));
  }
}

// oneway SEED: the wrong directions of a one-way pipe, and then the right one.
inline void OneWay(const Words& words) {
  auto [first, second] = ipc::Pipe(false);
  const auto message = content::Message(Number(words[0]), 0, 40);
  Tell("send", Outcome([&] { first.send(message); }));
  Tell("recv", Outcome([&] { return second.recv(); }));
  Tell("poll", Outcome([&] { return second.poll(); }));
  second.send(message);
  Tell("right", Outcome([&] { return first.recv(); }));
}

// half DUPLEX SEED SIZE: the sender is killed while it sleeps over a message that does not fit any more. Before those
// of SIZE, it sent a small one.
inline void Half(const Words& words) {
  auto [here, there] = ipc::Pipe(words[0] == "duplex");
  const auto seed = Number(words[1]);
  const Flood flood(seed, Number(words[2]));
  const pid_t sender = Child([&] {
    here.close();
    there.send(content::Message(seed, 0, 30));
    flood.Send(there);
  });
  there.close();
  flood.AwaitFull(sender);
  Kill(sender);
  Tell("sent", InWords(flood.sent()));
  for (int i = 0; i <= flood.sent(); ++i) Tell("recv", Outcome([&] { return here.recv(); }));
  Tell("poll", Outcome([&] { return here.poll(kDay); }));
  RecvUntilItThrows(here);
}

// dying DUPLEX SEED SIZE: somebody receives while the sender is killed, or not, at some moment.
inline void Dying(const Words& words) {
  auto [here, there] = ipc::Pipe(words[0] == "duplex");
  const pid_t sender = Child([&] {
    here.close();
    const auto message = content::Message(Number(words[1]), 0, Number(words[2]));
    const Stretch stretch;
    there.send(message);
  });
  there.close();
  Tell("poll", Outcome([&] { return here.poll(kDay); }));
  RecvUntilItThrows(here);
  Reap(sender);
}

}  // namespace stage
