// The ends of a Pipe: closed, moved, copied by fork, left alone.
#pragma once

#include "pipe_messages.h"

namespace stage {

inline void TellAllCalls(const std::string& what, ipc::Connection& end, const Bytes& message) {
  Tell(what + "-send", Outcome([&] { end.send(message); }));
  Tell(what + "-recv", Outcome([&] { return end.recv(); }));
  Tell(what + "-poll", Outcome([&] { return end.poll(); }));
}

// What was opened after an end was closed or destroyed may have got its number.
inline void ClosesOnce() {
  std::optional<Foreign> foreign;
  {
    auto ends = ipc::Pipe();
    ends.first.close();
    { const ipc::Connection gone(std::move(ends.second)); }
    foreign.emplace();
    ends.first.close();
    ends.second.close();
  }
  Tell("foreign", InWords(foreign->AllOpen()));
}

// moves SEED
inline void Moves(const Words& words) {
  const auto seed = Number(words[0]);
  const auto message = content::Message(seed, 0, 50);
  auto first = ipc::Pipe();
  ipc::Connection moved(std::move(first.first));
  TellAllCalls("moved", first.first, message);
  moved.send(message);
  Tell("arrives", Outcome([&] { return first.second.recv(); }));

  auto second = ipc::Pipe();
  second.first = std::move(moved);
  Tell("alone-recv", Outcome([&] { return second.second.recv(); }));
  Tell("alone-send", Outcome([&] { second.second.send(message); }));
  Tell("assigned", Outcome([&] { moved.send(message); }));
  second.first.send(message);
  Tell("arrives", Outcome([&] { return first.second.recv(); }));
  Tell("close-moved", Outcome([&] { moved.close(); }));

  { const ipc::Connection gone(std::move(second.first)); }
  Tell("destroyed", Outcome([&] { return first.second.recv(); }));
  Tell("close", Outcome([&] { first.second.close(); }));
  Tell("close", Outcome([&] { first.second.close(); }));
  TellAllCalls("closed", first.second, message);
  ClosesOnce();
}

// copies DUPLEX SEED: one process closes its copy, another still sends through its own.
inline void Copies(const Words& words) {
  auto [here, there] = ipc::Pipe(words[0] == "duplex");
  Gate closed;
  Gate go;
  Gate end;
  const pid_t closer = Child([&] {
    here.close();
    there.close();
    closed.Open();
    end.Wait();
  });
  const pid_t sender = Child([&] {
    here.close();
    go.Wait();
    there.send(content::Message(Number(words[1]), 0, 60));
    go.Wait();
  });
  there.close();
  closed.Wait();
  Tell("poll", Outcome([&] { return here.poll(); }));
  go.Open();
  Tell("recv", Outcome([&] { return here.recv(); }));
  Tell("poll", Outcome([&] { return here.poll(); }));
  go.Open();
  Tell("recv", Outcome([&] { return here.recv(); }));
  end.Open();
  Reap(sender);
  Reap(closer);
}

// shares recv|poll|send SEED: two processes use the same end, one to send and one to receive, at the same time.
inline void Shares(const Words& words) {
  const std::string& how = words[0];
  const auto message = [&](unsigned number) { return content::Message(Number(words[1]), number, 100 + number); };
  auto ends = ipc::Pipe();
  const auto send = [&] { return Outcome([&] { ends.first.send(content::Message(Number(words[1]), 0, 1 << 20)); }); };
  const auto receive = [&] { return Outcome([&] { return ends.first.recv(); }); };
  if (how == "poll") ends.second.send(message(2));
  const pid_t victim = Child([&] {
    const Stretch stretch;
    if (how == "poll") Tell("victim", Outcome([&] { return ends.first.poll(20ms); }));
    if (how == "recv") Tell("victim", receive());
    if (how == "send") Tell("victim", Outcome([&] { ends.first.send(message(1)); }));
  });
  const pid_t other = Child([&] {
    AwaitStretch(victim);
    const Stretch stretch;
    Tell("other", how == "send" ? receive() : send());
  });
  ends.first.close();  // should one of them fail, this process waits for nobody
  AwaitStretch(victim);
  AwaitAsleep(other);
  if (how != "poll") ends.second.send(message(2));
  Tell("far", Outcome([&] { return ends.second.recv(); }));
  Reap(other);
  Reap(victim);
}

// remains DUPLEX SEED: the sender has sent three messages and ended; on a duplex pipe it has also left one unread.
inline void Remains(const Words& words) {
  const bool duplex = words[0] == "duplex";
  auto [here, there] = ipc::Pipe(duplex);
  const auto seed = Number(words[1]);
  if (duplex) here.send(content::Message(seed, 9, 20));
  const pid_t sender = Child([&] {
    here.close();
    for (unsigned i = 0; i < 3; ++i) there.send(content::Message(seed, i, 10 * i));
  });
  there.close();
  AwaitEnd(sender);
  for (int i = 0; i < 3; ++i) Tell("recv", Outcome([&] { return here.recv(); }));
  Tell("poll", Outcome([&] { return here.poll(kDay); }));
  for (int i = 0; i < 2; ++i) Tell("end", Outcome([&] { return here.recv(); }));
  Reap(sender);
}

// deaf DUPLEX SEED: nobody can receive any more, from the beginning, or while a send sleeps.
inline void Deaf(const Words& words) {
  const bool duplex = words[0] == "duplex";
  const auto seed = Number(words[1]);
  {
    auto [here, there] = ipc::Pipe(duplex);
    here.close();
    Tell("send", Outcome([&] { there.send(content::Message(seed, 0, 70)); }));
    Tell("send", Outcome([&] { there.send({}); }));
  }
  auto [here, there] = ipc::Pipe(duplex);
  const Flood flood(seed, 300'000);
  const pid_t receiver = Child([&] {
    there.close();
    AwaitAsleep(getppid());
  });
  here.close();
  Tell("asleep", Outcome([&] { flood.Send(there); }));
  Tell("send", Outcome([&] { there.send(content::Message(seed, 2, 8)); }));
  Reap(receiver);
}

}  // namespace stage
