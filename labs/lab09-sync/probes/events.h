// Scenes with Event.
#pragma once

#include "stage.h"
#include "sync.hpp"

namespace scenes {

inline void SayEvent(const char* when, Event& event, stage::Nanoseconds negative) {
  const bool looks = event.wait(0ns);
  const bool looks_back = event.wait(negative);
  Say("%s: is_set() %s, wait(0ns) %s, wait(%lldns) %s", when, InWords(event.is_set()), InWords(looks),
      static_cast<long long>(negative.count()), InWords(looks_back));
}

// NANOSECONDS: one thread, which waits for nothing.
inline void EventAlone(const Words& words) {
  const stage::Nanoseconds negative(-Number(words[0]));
  Event event;
  SayEvent("at first", event, negative);
  event.set();
  SayEvent("set", event, negative);
  event.wait();
  Say("wait(20h): %s", InWords(event.wait(20h)));
  event.set();
  SayEvent("set twice", event, negative);
  event.clear();
  SayEvent("cleared", event, negative);
  event.clear();
  SayEvent("cleared twice", event, negative);
  event.set();
  SayEvent("set again", event, negative);
  event.wait();
}

// WAITERS NUMBER: who comes late, and who comes early?
inline void EventWakes(const Words& words) {
  const auto waiters = static_cast<std::size_t>(Number(words[0]));
  Event event;
  int number = 0;
  std::vector<int> seen(waiters);
  {
    Crew crew;
    for (int& mine : seen) {
      crew.Add([&] {
        event.wait();
        mine = number;
      });
    }
    number = Number(words[1]);
    event.set();
  }
  for (const int mine : seen) Say("after wait() a thread reads %d", mine);
}

// NUMBER: looks that see the event set see the number as well.
inline void EventLooks(const Words& words) {
  Event event;
  int number = 0, looked = -1, waited = -1;
  {
    Crew crew;
    crew.Add([&] {
      if (event.is_set()) looked = number;
    });
    crew.Add([&] {
      if (event.wait(0ns)) waited = number;
    });
    number = Number(words[0]);
    event.set();
  }
  Say("a thread whose is_set() was %s reads %d", InWords(looked != -1), looked);
  Say("a thread whose wait(0ns) was %s reads %d", InWords(waited != -1), waited);
}

// WAITERS ROUNDS: all sleep in wait() when set() and clear() come, in each round; in the second one twice, and so on.
inline void EventRounds(const Words& words) {
  Event event;
  Count returned, refused;
  for (int round = 0; round < Number(words[1]); ++round) {
    Crew crew;
    for (int waiter = 0; waiter < Number(words[0]); ++waiter) {
      crew.Add([&, timed = waiter % 2 != 0] {
        if (!timed) {
          event.wait();
        } else if (!event.wait(20h)) {
          refused.Add();
        }
        returned.Add();
      });
    }
    UntilAllSleep();
    Say("before set(): %d returned", returned.Get());
    for (int time = 0; time <= round; ++time) {
      event.set();
      event.clear();
    }
    const bool late = event.wait(1ms);
    crew.Join();
    Say("after set(); clear(): %d returned; who comes now: %s", returned.Get(), InWords(late));
  }
  Say("false from wait(20h): %d", refused.Get());
}

// Another thread clears the event as soon as it has seen it set.
inline void EventClearedByAnother(const Words&) {
  Event event;
  Count returned;
  Crew crew;
  crew.Add([&] {
    event.wait();
    returned.Add();
  });
  UntilAllSleep();
  crew.Add([&] {
    if (event.is_set()) event.clear();
  });
  event.set();
  crew.Join();
  Say("after set(), and clear() by another thread: %d returned", returned.Get());
}

// MICROSECONDS: nobody sets it.
inline void EventTimesOut(const Words& words) {
  Event event;
  TimedCall call;
  Crew crew;
  crew.Add([&] { call.Make([&] { return event.wait(Microseconds(words[0])); }); });
  crew.Add([&] {
    for (int moment = 0; moment < 5; ++moment) {
      std::this_thread::sleep_for(Microseconds(words[0]) / 4);
      event.clear();
      event.is_set();
    }
  });
  crew.Join();
  call.Tell("wait(timeout)");
}

// MICROSECONDS NUMBER: it is set about when the time is up, as it may be when others have kept the processor.
inline void EventSetInTime(const Words& words) {
  const auto timeout = Microseconds(words[0]);
  Event event;
  TimedCall call;
  Clock::time_point set{};
  int number = 0, seen = -1;
  {
    Crew crew;
    crew.Add([&] {
      call.Make([&] { return event.wait(timeout); });
      if (call.result) seen = number;
    });
    crew.Add([&] { std::this_thread::sleep_for(timeout); });
    number = Number(words[1]);
    event.set();
    set = Clock::now();
  }
  call.Tell("wait(timeout)", timeout, set);
  if (call.result) Say("it reads %d", seen);
}

// Many look at a set event, and some set it again.
inline void EventInUse(const Words&) {
  Event event;
  event.set();
  Count denied;
  {
    Crew crew;
    crew.Add([&] { event.set(); });
    for (int thread = 0; thread < 2; ++thread) {
      crew.Add([&] {
        if (!event.is_set()) denied.Add();
        if (!event.wait(0ns)) denied.Add();
        event.wait();
      });
    }
  }
  Say("looks at a set event that saw it not set: %d", denied.Get());
  {
    Crew crew;
    crew.Add([&] {
      event.clear();
      event.set();
    });
    crew.Add([&] { event.wait(); });
    crew.Add([&] { event.is_set(); });
  }
  Say("after clear(); set(): %s", InWords(event.is_set()));
}

// Two events have nothing to do with each other.
inline void EventOfTwo(const Words&) {
  Event first;
  Event second;
  Count returned;
  Crew crew;
  crew.Add([&] {
    first.wait();
    returned.Add();
  });
  UntilAllSleep();
  second.set();
  second.wait();
  UntilAllSleep();
  Say("the other one is set: %s, returned %d", InWords(first.is_set()), returned.Get());
  first.set();
  crew.Join();
  Say("this one is set: %s, returned %d", InWords(first.is_set()), returned.Get());
}

}  // namespace scenes
