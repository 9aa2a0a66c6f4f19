// Many processes at one Queue.
#pragma once

#include <cstring>

#include "queue_order.h"

namespace stage {

struct Label {
  std::uint32_t producer;
  std::uint32_t number;
};

// Message `number` of a producer: the label, and a few bytes more that follow from it.
inline Bytes Labelled(Label label, std::uint64_t seed) {
  const std::uint64_t own = content::Mixed(seed + label.producer);
  const auto rest = content::Message(own, label.number, content::Mixed(own + label.number) % 200);
  Bytes message(sizeof label);
  std::memcpy(message.data(), &label, sizeof label);
  message.insert(message.end(), rest.begin(), rest.end());
  return message;
}

inline void Produce(ipc::Queue& queue, std::uint32_t producer, std::uint32_t count, std::uint64_t seed) {
  for (std::uint32_t number = 0; number < count; ++number) queue.put(Labelled({producer, number}, seed));
}

// Until an empty message comes. Tells all it got: "got PRODUCER NUMBER SIZE DIGEST".
inline void Consume(ipc::Queue& queue, int consumer) {
  const std::string who = "got " + std::to_string(consumer);
  for (;;) {
    const Bytes message = queue.get();
    if (message.empty()) return;
    Label label{};
    if (message.size() >= sizeof label) std::memcpy(&label, message.data(), sizeof label);
    Tell(who, std::to_string(label.producer) + ' ' + std::to_string(label.number) + ' ' + content::Told(message));
  }
}

// many PRODUCERS CONSUMERS EACH MAXSIZE SEED
inline void Many(const Words& words) {
  ipc::Queue queue(static_cast<int>(Number(words[3])));
  const auto each = static_cast<std::uint32_t>(Number(words[2]));
  std::vector<pid_t> producers;
  std::vector<pid_t> consumers;
  for (unsigned i = 0; i < Number(words[1]); ++i) {
    consumers.push_back(Child([&] { Consume(queue, static_cast<int>(i)); }));
  }
  for (unsigned i = 0; i < Number(words[0]); ++i) {
    producers.push_back(Child([&] { Produce(queue, i, each, Number(words[4])); }));
  }
  for (const pid_t producer : producers) Reap(producer);
  for (std::size_t i = 0; i < consumers.size(); ++i) queue.put({});
  for (const pid_t consumer : consumers) Reap(consumer);
  Tell("state", State(queue));
}

// rush PROCESSES EACH SEED: all put at once, without waiting, what fits; then all get it, without waiting.
inline void Rush(const Words& words) {
  const auto processes = Number(words[0]);
  const auto each = Number(words[1]);
  ipc::Queue queue;
  for (const bool putting : {true, false}) {
    Gate start;
    std::vector<pid_t> children;
    for (std::uint64_t i = 0; i < processes; ++i) {
      children.push_back(Child([&] {
        const auto message = content::Message(Number(words[2]), i, 100);
        start.Wait();
        for (std::uint64_t k = 0; k < each; ++k) {
          if (putting) Tell("put", PutNow(queue, message));
          if (!putting) Tell("get", GetNow(queue) == "Empty" ? "Empty" : "returned");
        }
      }));
    }
    start.Open(static_cast<int>(processes));
    for (const pid_t child : children) Reap(child);
    Tell("state", State(queue));
  }
}

// beside SEED: calls that may not wait, or not for long, beside one that sleeps.
inline void Beside(const Words& words) {
  ipc::Queue queue(1);
  const auto message = [&](unsigned number) { return content::Message(Number(words[0]), number, 9 + number); };
  const pid_t getter = Child([&] { Tell("getter", Outcome([&] { return queue.get(); })); });
  AwaitAsleep(getter);
  Tell("get", GetNow(queue));
  Tell("get", Outcome([&] { return queue.get(false, 1h); }));
  Tell("get", Outcome([&] { return queue.get(true, 20ms); }));
  Tell("get", Outcome([&] { return queue.get(true, -1s); }));
  queue.put(message(0));
  Reap(getter);
  queue.put(message(1));
  const pid_t putter = Child([&] { Tell("putter", Outcome([&] { queue.put(message(2)); })); });
  AwaitAsleep(putter);
  Tell("put", PutNow(queue, message(3)));
  Tell("put", Outcome([&] { queue.put(message(4), false, 1h); }));
  Tell("put", Outcome([&] { queue.put(message(5), true, 20ms); }));
  Tell("put", Outcome([&] { queue.put(message(6), true, -1s); }));
  Tell("first", Outcome([&] { return queue.get(); }));
  Reap(putter);
  Tell("second", GetNow(queue));
  Tell("state", State(queue));
}

// queuetimes NANOSECONDS...: nothing comes, and no room.
inline void QueueTimes(const Words& words) {
  ipc::Queue queue(1);
  for (const auto& word : words) {
    const nanoseconds timeout(Number(word));
    Tell("get " + word, Timed([&] { return queue.get(true, timeout); }));
  }
  queue.put(Bytes(5));
  for (const auto& word : words) {
    const nanoseconds timeout(Number(word));
    Tell("put " + word, Timed([&] { queue.put(Bytes(6), true, timeout); }));
  }
}

}  // namespace stage
