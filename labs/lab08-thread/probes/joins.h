// Scenes with join().
#pragma once

#include <algorithm>

#include "stage.h"
#include "thread.hpp"

namespace scenes {

inline bool IsListed(const std::string& name) {
  const auto threads = Thread::enumerate();
  return std::any_of(threads.begin(), threads.end(), [&](const ThreadInfo& thread) { return thread.name == name; });
}

// JOINERS NUMBER: all see what it did.
inline void JoinedByMany(const Words& words) {
  int number = 0;
  Thread thread([&] { number = Number(words[1]); }, {.name = "worker"});
  thread.start();
  std::vector<std::string> seen(static_cast<std::size_t>(Number(words[0])));
  {
    Crew crew;
    for (std::size_t joiner = 0; joiner < seen.size(); ++joiner) {
      crew.Add([&, joiner] {
        const bool ended = joiner % 2 == 0 || thread.join(20h);
        if (joiner % 2 == 0) thread.join();
        seen[joiner] = std::string(ended ? "ended" : "not ended") + ", it wrote " + std::to_string(number) +
                       ", is_alive() " + InWords(thread.is_alive()) + ", listed " + InWords(IsListed("worker"));
      });
    }
    thread.join();
  }
  thread.join();
  for (const auto& line : seen) Say("%s", line.c_str());
  Say("join(0ns) %s, join(-1s) %s, join(20h) %s", InWords(thread.join(0ns)), InWords(thread.join(-1s)),
      InWords(thread.join(20h)));
}

// NUMBER: who finds by join(0ns) that it has ended sees what it did.
inline void JoinLooks(const Words& words) {
  int number = 0, seen = -1;
  Thread thread([&] { number = Number(words[0]); });
  thread.start();
  if (thread.join(0ns)) seen = number;
  Say("after join(0ns), which was %s, it reads %d", InWords(seen != -1), seen);
  thread.join();
}

inline void JoinErrors(const Words&) {
  Thread* own = nullptr;
  Thread thread([&] {
    Say("join() in the thread itself: %s", Thrown([&] { own->join(); }));
    Say("join(0ns) in the thread itself: %s", Thrown([&] { own->join(0ns); }));
    Say("join(1h) in the thread itself: %s", Thrown([&] { own->join(1h); }));
  });
  own = &thread;
  Say("join() before start(): %s", Thrown([&] { thread.join(); }));
  Say("join(0ns) before start(): %s", Thrown([&] { thread.join(0ns); }));
  thread.start();
  thread.join();
  Say("join() after that: %s", Thrown([&] { thread.join(); }));
}

// MICROSECONDS: it does not end before, but others end meanwhile.
inline void JoinTimesOut(const Words& words) {
  const auto timeout = Microseconds(words[0]);
  Gate gate;
  Thread thread([&] { gate.Await(); });
  thread.start();
  Crew crew;
  TimedCall call;
  crew.Add([&] { call.Make([&] { return thread.join(timeout); }); });
  for (int other = 0; other < 5; ++other) {
    std::this_thread::sleep_for(timeout * 3 / 10);
    Thread short_one([] {});
    short_one.start();
    short_one.join();
  }
  crew.Join();
  const bool looks = thread.join(0ns);
  const bool looks_back = thread.join(-timeout);
  call.Tell("join(timeout)");
  Say("join(0ns) %s, with a negative timeout %s, is_alive() %s", InWords(looks), InWords(looks_back),
      InWords(thread.is_alive()));
  gate.Open();
  thread.join();
}

// MICROSECONDS NUMBER: it ends about when the time is up, and somebody else joins it as well.
inline void JoinInTime(const Words& words) {
  const auto timeout = Microseconds(words[0]);
  int number = 0, seen = -1;
  Thread thread([&] { number = Number(words[1]); });
  TimedCall call;
  Clock::time_point ended = Clock::time_point::max();
  {
    Crew crew;
    thread.start();
    crew.Add([&] {
      call.Make([&] { return thread.join(timeout); });
      if (call.result) seen = number;
    });
    crew.Add([&] { std::this_thread::sleep_for(timeout); });
    crew.Add([&] {
      thread.join();
      ended = Clock::now();
    });
  }
  call.Tell("join(timeout)", timeout, ended);
  if (call.result) Say("it reads %d", seen);
  thread.join();
}

}  // namespace scenes
