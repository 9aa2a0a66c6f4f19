// Every call that can sleep: left alone for a while, disturbed by signals, or just missed by its counterpart.
#pragma once

#include <sys/time.h>

#include <functional>
#include <utility>

#include "queue_order.h"

namespace stage {

constexpr std::size_t kTooMuch = std::size_t{8} << 20;  // for any pipe to hold

// One object for each way to wait. Ends named here belong to the process that waits.
struct Objects {
  std::pair<ipc::Connection, ipc::Connection> recv = ipc::Pipe();
  std::pair<ipc::Connection, ipc::Connection> poll = ipc::Pipe();
  std::pair<ipc::Connection, ipc::Connection> send = ipc::Pipe(false);
  ipc::Queue empty{2};
  ipc::Queue empty_too;
  ipc::Queue full{1};
  ipc::Queue full_too{1};
  std::uint64_t seed;

  explicit Objects(const std::string& word) : seed(Number(word)) {
    full.put(content::Message(seed, 0, 20));
    full_too.put(content::Message(seed, 1, 21));
  }

  using Wait = std::pair<const char*, std::function<std::string()>>;
  std::vector<Wait> Waits() {
    return {{"recv", [&] { return Outcome([&] { return recv.first.recv(); }); }},
            {"poll", [&] { return Outcome([&] { return poll.first.poll(kDay); }); }},
            {"send", [&] { return Outcome([&] { send.second.send(content::Message(seed, 2, kTooMuch)); }); }},
            {"get", [&] { return Outcome([&] { return empty.get(); }); }},
            {"get-day", [&] { return Outcome([&] { return empty_too.get(true, kDay); }); }},
            {"put", [&] { return Outcome([&] { full.put(content::Message(seed, 3, 22)); }); }},
            {"put-day", [&] { return Outcome([&] { full_too.put(content::Message(seed, 4, 23), true, kDay); }); }}};
  }

  // What they wait for.
  void Serve() {
    recv.second.send(content::Message(seed, 5, kTooMuch));
    poll.second.send(content::Message(seed, 6, 24));
    Tell("served", Outcome([&] { return send.first.recv(); }));
    empty.put(content::Message(seed, 7, 25));
    empty_too.put(content::Message(seed, 8, 26));
    for (auto* queue : {&full, &full_too}) {
      for (int i = 0; i < 2; ++i) Tell("served", Outcome([&] { return queue->get(); }));
    }
  }
};

// asleep SEED: all wait for long, then get what they wait for.
inline void Asleep(const Words& words) {
  Objects objects(words[0]);
  std::vector<pid_t> children;
  for (const auto& [name, wait] : objects.Waits()) {
    children.push_back(Child([&, what = name, act = wait] { Tell(what, act()); }));
  }
  Reap(Child([] { Nap(700ms); }));  // this process waits for an event, too
  objects.Serve();
  for (const pid_t child : children) Reap(child);
}

// SIGALRM every few milliseconds, up to kMostAlarms times, to a handler that restarts nothing.
constexpr int kMostAlarms = 60;
inline volatile sig_atomic_t alarms = 0;

inline void SetAlarms(std::chrono::microseconds interval) {
  const timeval time{0, static_cast<suseconds_t>(interval.count())};
  const itimerval timer{time, time};
  setitimer(ITIMER_REAL, &timer, nullptr);
}

template <typename Call>
auto Disturbed(Call call) {
  struct sigaction action {};
  action.sa_handler = [](int) {
    alarms = alarms + 1;
    if (alarms >= kMostAlarms) SetAlarms(0us);
  };
  sigaction(SIGALRM, &action, nullptr);
  SetAlarms(4ms);
  auto result = call();
  SetAlarms(0us);
  return result;
}

// disturbed SEED NANOSECONDS: the same under alarms; and calls that end by their timeouts, with the alarms they saw.
inline void DisturbedWaits(const Words& words) {
  Objects objects(words[0]);
  const nanoseconds timeout(Number(words[1]));
  std::vector<pid_t> children;
  const auto add = [&](const std::string& name, const std::function<std::string()>& wait) {
    children.push_back(Child([&] {
      const std::string outcome = Disturbed(wait);
      Tell(name, outcome + (name.starts_with("timed") ? ' ' + std::to_string(alarms) : ""));
    }));
  };
  auto silent = ipc::Pipe();
  ipc::Queue nothing(1);
  ipc::Queue packed(1);
  packed.put(Bytes(1));
  add("timed-poll", [&] { return Timed([&] { return silent.first.poll(timeout); }); });
  add("timed-get", [&] { return Timed([&] { return nothing.get(true, timeout); }); });
  add("timed-put", [&] { return Timed([&] { packed.put(Bytes(2), true, timeout); }); });
  for (const auto& [name, wait] : objects.Waits()) add(name, wait);
  Nap(60ms);
  objects.Serve();
  for (const pid_t child : children) Reap(child);
}

// meet recv|poll|send|get|put SEED: one process waits; the other may come at any moment of that.
inline void Meet(const Words& words) {
  const std::string& how = words[0];
  const auto seed = Number(words[1]);
  auto pipe = ipc::Pipe();
  ipc::Queue queue(1);
  if (how == "put") queue.put(content::Message(seed, 3, 30));
  const pid_t victim = Child([&] {
    const auto tell = [&](const std::string& outcome) { Tell("victim", outcome); };
    const Stretch stretch;
    if (how == "recv") tell(Outcome([&] { return pipe.first.recv(); }));
    if (how == "poll") tell(Outcome([&] { return pipe.first.poll(kDay); }));
    if (how == "send") tell(Outcome([&] { pipe.first.send(content::Message(seed, 1, 1 << 20)); }));
    if (how == "get") tell(Outcome([&] { return queue.get(); }));
    if (how == "put") tell(Outcome([&] { queue.put(content::Message(seed, 2, 31)); }));
  });
  const pid_t other = Child([&] {
    AwaitStretch(victim);
    const Stretch stretch;
    if (how == "recv" || how == "poll") pipe.second.send(content::Message(seed, 0, 32));
    if (how == "send") Tell("other", Outcome([&] { return pipe.second.recv(); }));
    if (how == "get") queue.put(content::Message(seed, 0, 33));
    for (int i = 0; how == "put" && i < 2; ++i) Tell("other", Outcome([&] { return queue.get(); }));
  });
  Reap(other);
  Reap(victim);
}

// count get|put SEED: two processes call, one of them held up on the way; then it is counted.
inline void CountTogether(const Words& words) {
  const bool getting = words[0] == "get";
  const auto message = content::Message(Number(words[1]), 0, 10);
  ipc::Queue queue(5);
  for (int i = 0; i < (getting ? 4 : 1); ++i) queue.put(message);
  const auto call = [&] {
    if (!getting) return queue.put(message);
    if (queue.get() != message) Tell("child", "got something else");
  };
  const pid_t victim = Child([&] {
    const Stretch stretch;
    call();
  });
  const pid_t other = Child([&] {
    AwaitStretch(victim);
    const Stretch stretch;
    call();
  });
  Reap(other);
  Reap(victim);
  Tell("size", Outcome([&] { return queue.qsize(); }));
  for (std::string got = GetNow(queue); got != "Empty"; got = GetNow(queue)) Tell("got", got);
  Tell("state", State(queue));
}

// interrupted get|put SEED: one process is held up in the queue, and another, which may have to wait for it, is sent
// signals meanwhile.
inline void Interrupted(const Words& words) {
  const bool getting = words[0] == "get";
  const auto message = content::Message(Number(words[1]), 0, 50);
  ipc::Queue queue(4);
  for (int i = 0; i < 2; ++i) queue.put(message);
  Gate ready;
  const auto call = [&] {
    return getting ? Outcome([&] { return queue.get(); }) : Outcome([&] { queue.put(message); });
  };
  const pid_t victim = Child([&] {
    const Stretch stretch;
    Tell("victim", call());
  });
  const pid_t other = Child([&] {
    struct sigaction action {};
    action.sa_handler = [](int) {};
    sigaction(SIGUSR1, &action, nullptr);
    ready.Open();
    AwaitStretch(victim);
    const Stretch stretch;
    Tell("other", call());
  });
  ready.Wait();
  AwaitStretch(victim);
  for (int i = 0; i < 3; ++i) {
    AwaitAsleep(other);
    kill(other, SIGUSR1);
  }
  Reap(other);
  Reap(victim);
}

// pass get|put SEED: two processes call at the same time; there is a message, or room, for each, so none has to wait.
inline void Pass(const Words& words) {
  ipc::Queue queue(2);
  const bool getting = words[0] == "get";
  const auto message = content::Message(Number(words[1]), 0, 40);
  for (int i = 0; getting && i < 2; ++i) queue.put(message);
  const auto call = [&] { return getting ? GetNow(queue) : PutNow(queue, message); };
  const pid_t victim = Child([&] {
    const Stretch stretch;
    Tell("victim", call());
  });
  const pid_t other = Child([&] {
    AwaitStretch(victim);
    const Stretch stretch;
    Tell("other", call());
  });
  Reap(other);
  Reap(victim);
}

}  // namespace stage
