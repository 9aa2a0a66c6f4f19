// Processes that are killed while they wait at a Queue.
#pragma once

#include "queue_order.h"

namespace stage {

// A queue, and the messages 0, 1, 2, ... that are put into it.
struct Traffic {
  ipc::Queue queue;
  std::uint64_t seed;
  unsigned next = 0;

  Bytes Fresh() {
    const unsigned number = next++;
    return content::Message(seed, number, 1 + content::Mixed(seed + number) % 300);
  }
};

inline pid_t Getter(Traffic& traffic) {
  return Child([&] { Tell("got", Outcome([&] { return traffic.queue.get(); })); });
}

inline pid_t Putter(Traffic& traffic) {
  return Child([&, message = traffic.Fresh()] {
    const std::string end = Outcome([&] { traffic.queue.put(message); });
    if (end != "returned") Tell("put", end);
  });
}

// The queue is empty: three processes sleep in get(), one after the other, and are given a message.
inline void WakeGetters(Traffic& traffic) {
  for (int i = 0; i < 3; ++i) {
    const pid_t getter = Getter(traffic);
    AwaitAsleep(getter);
    traffic.queue.put(traffic.Fresh());
    Reap(getter);
  }
}

// The queue is full: three processes sleep in put(), one after the other, and are given room.
inline void WakePutters(Traffic& traffic) {
  for (int i = 0; i < 3; ++i) {
    const pid_t putter = Putter(traffic);
    AwaitAsleep(putter);
    Tell("got", Outcome([&] { return traffic.queue.get(); }));
    Reap(putter);
  }
}

inline void Fill(Traffic& traffic, int maxsize) {
  for (int i = 0; i < maxsize; ++i) traffic.queue.put(traffic.Fresh());
}

inline void Drain(Traffic& traffic, int maxsize) {
  for (int i = 0; i < maxsize; ++i) Tell("got", GetNow(traffic.queue));
}

// The victim waits; so does, if there is one, a bystander, which came later. The victim is killed.
template <typename Wait>
pid_t LetDie(Traffic& traffic, Wait wait, pid_t (*bystander)(Traffic&)) {
  const pid_t victim = Child([&] {
    const Stretch stretch;
    wait();
  });
  AwaitAsleep(victim);
  const pid_t other = bystander == nullptr ? 0 : bystander(traffic);
  if (other != 0) AwaitAsleep(other);
  Kill(victim);
  return other;
}

// killed get|put alone|beside MAXSIZE SEED
inline void Killed(const Words& words) {
  const int maxsize = static_cast<int>(Number(words[2]));
  Traffic traffic{ipc::Queue(maxsize), Number(words[3])};
  const bool beside = words[1] == "beside";
  if (words[0] == "get") {
    const auto wait = [&] { traffic.queue.get(); };
    const pid_t other = LetDie(traffic, wait, beside ? &Getter : nullptr);
    if (other != 0) {
      traffic.queue.put(traffic.Fresh());
      Reap(other);
    }
  } else {
    Fill(traffic, maxsize);
    const auto wait = [&] { traffic.queue.put(Bytes(7)); };
    const pid_t other = LetDie(traffic, wait, beside ? &Putter : nullptr);
    if (other != 0) {
      Tell("got", Outcome([&] { return traffic.queue.get(); }));
      Reap(other);
    }
    WakePutters(traffic);
    Drain(traffic, maxsize);
  }
  WakeGetters(traffic);
  Fill(traffic, maxsize);
  Tell("put", PutNow(traffic.queue, Bytes(8)));
  Tell("state", State(traffic.queue));
  WakePutters(traffic);
  Drain(traffic, maxsize);
  Tell("get", GetNow(traffic.queue));
  Tell("state", State(traffic.queue));
}

}  // namespace stage
