// Scenes with Lock.
#pragma once

#include <mutex>
#include <vector>

#include "shm.hpp"
#include "stage.h"

namespace scenes {

using stage::Board;
using stage::Number;
using stage::Say;
using stage::Words;

inline void SayTry(const char* who, shm::Lock& lock) { Say("%s tries: %s", who, stage::InWords(lock.try_lock())); }

// The same, and leaves it free: what becomes of a lock that is destroyed while it is held is left open.
inline void SayFree(shm::Lock& lock) {
  const bool free = lock.try_lock();
  Say("then free: %s", stage::InWords(free));
  if (free) lock.unlock();
}

// One process at a time, tried from all sides.
inline void LockExcludes(const Words&) {
  shm::Lock lock;
  SayTry("the parent", lock);
  stage::Finish(stage::Spawn([&] { SayTry("a child", lock); }));
  lock.unlock();
  const stage::Event taken;
  const stage::Event leave;
  const pid_t child = stage::Spawn([&] {
    SayTry("a second child", lock);
    taken.Send();
    leave.Wait();
    lock.unlock();
  });
  taken.Wait();
  SayTry("the parent", lock);
  leave.Send();
  stage::Finish(child);
  lock.lock();
  stage::Finish(stage::Spawn([&] { SayTry("a third child", lock); }));
  lock.unlock();
  SayFree(lock);
}

inline void LockGuards(const Words&) {
  shm::Lock lock;
  shm::Lock other;
  {
    const std::lock_guard guard(lock);
    stage::Finish(stage::Spawn([&] {
      const std::unique_lock attempt(lock, std::try_to_lock);
      Say("in a lock_guard, a child owns it: %s", stage::InWords(attempt.owns_lock()));
    }));
  }
  {
    std::unique_lock guard(lock);
    guard.unlock();
    stage::Finish(stage::Spawn([&] {
      const std::unique_lock attempt(lock, std::try_to_lock);
      Say("after unlock, a child owns it: %s", stage::InWords(attempt.owns_lock()));
    }));
    guard.lock();
  }
  {
    const std::scoped_lock both(lock, other);
    stage::Finish(stage::Spawn([&] { SayTry("in a scoped_lock, a child", other); }));
  }
  SayFree(other);
}

// CHILDREN ROUNDS: a counter, as in shm.hpp.
inline void LockCounts(const Words& words) {
  constexpr int kSlowRounds = 10;
  shm::Value<long> counter(0);
  Board& board = stage::MakeBoard();
  std::vector<pid_t> children;
  const int number = Number(words[0]);
  for (int child = 0; child < number; ++child) {
    children.push_back(stage::Spawn([&] {
      stage::StartTogether(board, number);
      for (int round = 0; round < Number(words[1]); ++round) {
        const std::lock_guard guard(counter.get_lock());
        board.Enter();
        const long count = counter.value();
        if (round < kSlowRounds) stage::Rest();
        counter.value() = count + 1;
        board.Leave();
      }
    }));
  }
  for (const pid_t child : children) stage::Finish(child);
  Say("the counter is %ld", counter.value());
  Say("two inside at once: %s", stage::InWords(board.overlaps > 0));
}

// WAITERS: they wait until the grader has seen them asleep.
inline void LockWaits(const Words& words) {
  shm::Lock lock;
  Board& board = stage::MakeBoard();
  lock.lock();
  std::vector<pid_t> children;
  for (int child = 0; child < Number(words[0]); ++child) {
    children.push_back(stage::Spawn([&] {
      lock.lock();
      if (!board.open) Say("a child has the lock although the parent holds it");
      board.Enter();
      board.Leave();
      lock.unlock();
    }));
  }
  stage::WaitForWord();
  board.open = true;
  lock.unlock();
  for (const pid_t child : children) stage::Finish(child);
  Say("all had the lock; two at once: %s", stage::InWords(board.overlaps > 0));
}

// Who does not hold it must not free it.
inline void UnlockByOthers(const Words&) {
  shm::Lock lock;
  const auto unlock = [&] { lock.unlock(); };
  Say("a free lock: %s", stage::Thrown(unlock));
  lock.lock();
  stage::Finish(stage::Spawn([&] {
    Say("a child of the holder: %s", stage::Thrown(unlock));
    Say("again: %s", stage::Thrown(unlock));
  }));
  stage::Finish(stage::Spawn([&] { SayTry("then another process", lock); }));
  Say("the holder: %s", stage::Thrown(unlock));
  Say("twice: %s", stage::Thrown(unlock));

  const stage::Event taken;
  const stage::Event leave;
  const pid_t holder = stage::Spawn([&] {
    lock.lock();
    taken.Send();
    leave.Wait();
    Say("the child that holds it: %s", stage::Thrown(unlock));
  });
  taken.Wait();
  Say("its parent: %s", stage::Thrown(unlock));
  SayTry("then the parent", lock);
  leave.Send();
  stage::Finish(holder);
  Say("after all that: %s", stage::Thrown(unlock));
  SayFree(lock);
}

// A child made while its parent held the lock goes on like any other process, once the lock is free.
inline void ChildOfHolder(const Words&) {
  shm::Lock lock;
  const stage::Event freed;
  lock.lock();
  const pid_t child = stage::Spawn([&] {
    freed.Wait();
    Say("the child of a former holder: %s", stage::Thrown([&] { lock.unlock(); }));
    lock.lock();
    stage::Finish(stage::Spawn([&] { SayTry("while it holds the lock, another process", lock); }));
    Say("it frees it: %s", stage::Thrown([&] { lock.unlock(); }));
  });
  lock.unlock();
  freed.Send();
  stage::Finish(child);
  SayFree(lock);
}

}  // namespace scenes
