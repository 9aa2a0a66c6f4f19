// Scenes in which processes die.
#pragma once

#include <vector>

#include "locks.h"
#include "semaphores.h"
#include "shm.hpp"
#include "stage.h"

namespace scenes {

// HOW ROUNDS: a child dies with the lock, again and again; nobody reaps it before the lock is taken anew.
inline void HolderDies(const Words& words) {
  shm::Lock lock;
  std::vector<pid_t> dead;
  for (int round = 0; round < Number(words[1]); ++round) {
    dead.push_back(stage::Spawn([&] {
      lock.lock();
      stage::Die(words[0]);
    }));
    stage::AwaitDeath(dead.back());
    if (round % 2 == 0) lock.lock();
    if (round % 2 == 1) Say("tries: %s", stage::InWords(lock.try_lock()));
    stage::Finish(stage::Spawn([&] { Say("another process tries: %s", stage::InWords(lock.try_lock())); }));
    Say("unlock: %s", stage::Thrown([&] { lock.unlock(); }));
  }
  for (const pid_t child : dead) stage::Reap(child);
  SayFree(lock);
}

// HOW WAITERS: each waits for the lock, and dies with it as soon as it has it.
inline void WaitersDieInTurn(const Words& words) {
  shm::Lock lock;
  Board& board = stage::MakeBoard();
  lock.lock();
  std::vector<pid_t> children;
  for (int child = 0; child < Number(words[1]); ++child) {
    children.push_back(stage::Spawn([&] {
      ++board.called;
      lock.lock();
      ++board.passed;
      stage::Die(words[0]);
    }));
  }
  stage::AwaitSleep(board, Number(words[1]), children);
  Say("before the parent unlocks: %d", board.passed.load());
  lock.unlock();
  for (const pid_t child : children) stage::Reap(child);
  lock.lock();
  Say("had the lock: %d, and then the parent", board.passed.load());
  lock.unlock();
}

// The holder has a child of its own, which lives on and does nothing. Then it tries what is not its right.
inline void HolderLeavesAnHeir(const Words&) {
  shm::Lock lock;
  const stage::Event left;
  const stage::Event ask;
  const stage::Event answered;
  const pid_t holder = stage::Spawn([&] {
    lock.lock();
    stage::Spawn([&] {
      left.Send();
      ask.Wait();
      Say("its child unlocks: %s", stage::Thrown([&] { lock.unlock(); }));
      answered.Send();
    });
    left.Wait();
    stage::Die("kill");
  });
  stage::AwaitDeath(holder);
  lock.lock();
  Say("the parent has the lock");
  ask.Send();
  answered.Wait();
  Say("the parent unlocks: %s", stage::Thrown([&] { lock.unlock(); }));
  stage::Reap(holder);
}

// HOW N TAKEN GIVEN: a child takes and gives, and dies.
inline void SemaphoreOutlivesItsUsers(const Words& words) {
  shm::Semaphore semaphore(Number(words[1]));
  const pid_t child = stage::Spawn([&] {
    for (int i = 0; i < Number(words[2]); ++i) semaphore.acquire();
    for (int i = 0; i < Number(words[3]); ++i) semaphore.release();
    stage::Die(words[0]);
  });
  stage::AwaitDeath(child);
  Say("value %d", semaphore.value());
  stage::Reap(child);
  Say("value %d", semaphore.value());
  Say("taken %d", TakeAll(semaphore, 1000));
}

// DEAD: so many are killed while they wait; two others wait on. Then each release counts as ever.
inline void WaitersAreKilled(const Words& words) {
  shm::Semaphore semaphore(0);
  Board& board = stage::MakeBoard();
  const auto wait = [&](int number) {
    return stage::Spawn([&board, &semaphore, number] {
      ++board.called;
      if (number % 2 == 0) semaphore.acquire();
      if (number % 2 == 1) semaphore.acquire(std::chrono::hours(10));
      ++board.passed;
    });
  };
  std::vector<pid_t> doomed;
  for (int i = 0; i < Number(words[0]); ++i) doomed.push_back(wait(i));
  const std::vector<pid_t> others = {wait(0), wait(1)};
  auto everybody = doomed;
  everybody.insert(everybody.end(), others.begin(), others.end());
  stage::AwaitSleep(board, static_cast<int>(everybody.size()), everybody);
  for (const pid_t child : doomed) stage::Kill(child);
  for (int round = 0; round < 2; ++round) semaphore.release();
  for (const pid_t child : others) stage::Finish(child);
  Say("passed %d, value %d", board.passed.load(), semaphore.value());
  int called = static_cast<int>(everybody.size());
  for (int round = 0; round < 5; ++round) {
    const pid_t child = wait(round);
    stage::AwaitSleep(board, ++called, {child});
    semaphore.release();
    stage::Finish(child);
  }
  semaphore.release();
  Say("passed %d, value %d", board.passed.load(), semaphore.value());
}

}  // namespace scenes
