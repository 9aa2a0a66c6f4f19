// Scenes with Lock.
#pragma once

#include "stage.h"
#include "sync.hpp"

namespace scenes {

inline void SayTry(const char* when, Lock& lock) { Say("%s, acquire(0ns): %s", when, InWords(lock.acquire(0ns))); }

// NANOSECONDS: one thread, which waits for nothing.
inline void LockAlone(const Words& words) {
  const stage::Nanoseconds negative(-Number(words[0]));
  Lock lock;
  const auto release = [&] { lock.release(); };
  Say("release() of a new lock throws %s", Thrown(release));
  SayTry("at first", lock);
  SayTry("then", lock);
  Say("with a negative timeout: %s", InWords(lock.acquire(negative)));
  Say("release() throws %s", Thrown(release));
  Say("a second release() throws %s", Thrown(release));
  Say("with a negative timeout: %s", InWords(lock.acquire(negative)));
  SayTry("then", lock);
  lock.release();
  Say("acquire(20h): %s", InWords(lock.acquire(20h)));
  SayTry("then", lock);
  lock.release();
  lock.acquire();
  SayTry("after acquire()", lock);
  lock.release();
  {
    const LockGuard guard(lock);
    SayTry("in a LockGuard", lock);
  }
  SayTry("after it", lock);
  lock.release();
}

// THREADS ROUNDS: a counter.
inline void LockCounts(const Words& words) {
  Lock lock;
  int number = 0;
  {
    Crew crew;
    for (int thread = 0; thread < Number(words[0]); ++thread) {
      crew.Add([&] {
        for (int round = 0; round < Number(words[1]); ++round) {
          const LockGuard guard(lock);
          number = number + 1;
        }
      });
    }
  }
  Say("the counter is %d", number);
}

// ROUNDS: a counter again; who was refused the lock does not count.
inline void LockCountsTimed(const Words& words) {
  Lock lock;
  int number = 0;
  int taken[3] = {};
  {
    Crew crew;
    for (int thread = 0; thread < 3; ++thread) {
      crew.Add([&, thread] {
        const auto timeout = thread == 0 ? 0ns : thread == 1 ? 30ms : 20h;
        for (int round = 0; round < Number(words[0]); ++round) {
          if (!lock.acquire(timeout)) continue;
          number = number + 1;
          ++taken[thread];
          lock.release();
        }
      });
    }
  }
  Say("counted right: %s", InWords(number == taken[0] + taken[1] + taken[2]));
}

// WAITERS: each release lets one in.
inline void LockLetsInOne(const Words& words) {
  const int waiters = Number(words[0]);
  Lock lock;
  Count taken;
  lock.acquire();
  Crew crew;
  for (int waiter = 0; waiter < waiters; ++waiter) {
    crew.Add([&, timed = waiter % 2 != 0] {
      if (timed) {
        if (!lock.acquire(20h)) return;
      } else {
        lock.acquire();
      }
      taken.Add();
    });
  }
  for (int waiter = 0; waiter < waiters; ++waiter) {
    UntilAllSleep();
    Say("%d of them have had it", taken.Get());
    lock.release();
  }
  crew.Join();
  Say("%d of them have had it", taken.Get());
  SayTry("the last one holds it", lock);
}

// NUMBER: the thread that holds it wants it again, and another one, which never had it, releases it.
inline void LockHasNoOwner(const Words& words) {
  Lock lock;
  Count had;
  int number = 0, seen = 0;
  bool refused = false;
  {
    Crew crew;
    crew.Add([&] {
      lock.acquire();
      refused = !lock.acquire(5ms);
      had.Add();
      lock.acquire();
      seen = number;
      had.Add();
    });
    UntilAllSleep();
    Say("the holder has taken it %d times", had.Get());
    crew.Add([&] {
      number = Number(words[0]);
      lock.release();
    });
  }
  Say("the holder has taken it %d times, and reads %d", had.Get(), seen);
  Say("before that acquire(5ms) was false: %s", InWords(refused));
  SayTry("afterwards", lock);
  lock.release();
}

// Two release it at once, and it was held once.
inline void LockReleasedTwice(const Words&) {
  Lock lock;
  lock.acquire();
  Count thrown;
  {
    Crew crew;
    for (int thread = 0; thread < 2; ++thread) {
      crew.Add([&] {
        if (std::string(Thrown([&] { lock.release(); })) == "std::logic_error") thrown.Add();
      });
    }
  }
  Say("std::logic_error was thrown by %d of 2", thrown.Get());
  SayTry("then", lock);
  SayTry("then", lock);
}

// Two try to take it at once, and it is free.
inline void LockTriedByTwo(const Words&) {
  Lock lock;
  Count taken;
  {
    Crew crew;
    for (int thread = 0; thread < 2; ++thread) {
      crew.Add([&] {
        if (lock.acquire(0ns)) taken.Add();
      });
    }
  }
  Say("acquire(0ns) was true in %d of 2", taken.Get());
  lock.release();
  SayTry("after release()", lock);
}

// MICROSECONDS: the holder keeps it, and lets nobody in between.
inline void LockTimesOut(const Words& words) {
  Lock lock;
  lock.acquire();
  TimedCall call;
  Crew crew;
  crew.Add([&] { call.Make([&] { return lock.acquire(Microseconds(words[0])); }); });
  crew.Join();
  call.Tell("acquire(timeout)");
  lock.release();
  SayTry("then", lock);
}

// MICROSECONDS: the holder releases it and takes it again, several times before the time is up.
inline void LockComesAndGoes(const Words& words) {
  const auto timeout = Microseconds(words[0]);
  Lock lock;
  lock.acquire();
  TimedCall call;
  Crew crew;
  crew.Add([&] {
    call.Make([&] { return lock.acquire(timeout); });
    if (call.result) lock.release();
  });
  for (int time = 0; time < 6; ++time) {
    std::this_thread::sleep_for(timeout * 3 / 10);
    lock.release();
    lock.acquire();
  }
  crew.Join();
  call.Tell("acquire(timeout)");
}

// MICROSECONDS NUMBER: it is released about when the time is up, and only one waits for it.
inline void LockFreedInTime(const Words& words) {
  const auto timeout = Microseconds(words[0]);
  Lock lock;
  TimedCall call;
  Clock::time_point freed{};
  int number = 0, seen = -1;
  lock.acquire();
  {
    Crew crew;
    crew.Add([&] {
      call.Make([&] { return lock.acquire(timeout); });
      if (call.result) seen = number;
    });
    crew.Add([&] { std::this_thread::sleep_for(timeout); });
    number = Number(words[1]);
    lock.release();
    freed = Clock::now();
  }
  call.Tell("acquire(timeout)", timeout, freed);
  if (call.result) Say("it reads %d", seen);
  if (!call.result) SayTry("then", lock);
}

// MICROSECONDS: one waits for a time and one for ever; whoever has it releases it.
inline void LockFreedForTwo(const Words& words) {
  const auto timeout = Microseconds(words[0]);
  Lock lock;
  Count taken;
  lock.acquire();
  {
    Crew crew;
    crew.Add([&] {
      if (lock.acquire(timeout)) lock.release();
    });
    crew.Add([&] {
      lock.acquire();
      taken.Add();
      lock.release();
    });
    crew.Add([&] { std::this_thread::sleep_for(timeout); });
    lock.release();
  }
  Say("who waits for ever has had it: %d", taken.Get());
  SayTry("then", lock);
}

// Two locks have nothing to do with each other.
inline void LockOfTwo(const Words&) {
  Lock first;
  Lock second;
  first.acquire();
  Count taken;
  {
    Crew crew;
    crew.Add([&] {
      first.acquire();
      taken.Add();
    });
    UntilAllSleep();
    SayTry("the other one", second);
    second.release();
    UntilAllSleep();
    Say("taken by who waits: %d", taken.Get());
    first.release();
  }
  Say("taken by who waits: %d", taken.Get());
}

}  // namespace scenes
