// Scenes with a stretch in which the grader kills or holds a process, after each call or instruction of it. What a
// function does for the first time, such as finding its own code, it has done before.
#pragma once

#include "deaths.h"
#include "locks.h"
#include "semaphores.h"
#include "shm.hpp"
#include "stage.h"

namespace scenes {

// Two processes add one under the lock. The grader holds the first to come at some point of it while the second goes
// on, and then the second where it is inside.
inline void Meet(const Words&) {
  shm::Lock lock;
  Board& board = stage::MakeBoard();
  // What it does for the first time is done before anybody else is there, who might have to wait for it.
  lock.lock();
  lock.unlock();
  const auto add = [&] {
    const stage::Stretch stretch("victim");
    lock.lock();
    board.Enter();
    const int number = board.number;
    prctl(PR_SET_NAME, "inside");
    prctl(PR_SET_NAME, "inside.");
    board.number = number + 1;
    board.Leave();
    lock.unlock();
  };
  const pid_t first = stage::Spawn(add);
  const pid_t second = stage::Spawn(add);
  stage::Finish(first);
  stage::Finish(second);
  Say("two inside at once: %s", stage::InWords(board.overlaps > 0));
  Say("counted %d", board.number);
  SayFree(lock);
}

using Call = bool (*)(shm::Semaphore&);  // whether it took one off

inline Call CallOf(const std::string& name) {
  if (name == "acquire") return [](shm::Semaphore& semaphore) { return semaphore.acquire(), true; };
  if (name == "release") return [](shm::Semaphore& semaphore) { return semaphore.release(), false; };
  if (name == "look") return [](shm::Semaphore& semaphore) { return semaphore.acquire(kOnlyLook); };
  if (name == "briefly")
    return [](shm::Semaphore& semaphore) { return semaphore.acquire(std::chrono::milliseconds(3)); };
  return [](shm::Semaphore& semaphore) { return semaphore.acquire(std::chrono::hours(1)); };
}

// What a function does for the first time, such as finding its own code, is done here.
inline void WarmUp(shm::Semaphore& semaphore) {
  for (const char* const call : {"acquire", "timed", "look"}) {
    semaphore.release();
    CallOf(call)(semaphore);
  }
}

// FIRST SECOND INITIAL: two processes do these at the same time.
inline void MeetAtSemaphore(const Words& words) {
  shm::Semaphore semaphore(Number(words[2]));
  Board& board = stage::MakeBoard();
  const Call first_call = CallOf(words[0]);
  const Call second_call = CallOf(words[1]);
  WarmUp(semaphore);
  const pid_t first = stage::Spawn([&] {
    bool took = false;
    {
      const stage::Stretch stretch("victim");
      took = first_call(semaphore);
    }
    if (took) ++board.passed;
  });
  const pid_t second = stage::Spawn([&] {
    stage::AwaitName(first, "victim");
    const stage::Stretch stretch("victim");  // waits here until the first is where it is to be
    if (second_call(semaphore)) ++board.passed;
  });
  stage::Finish(first);
  stage::Finish(second);
  Say("taken %d, value %d", board.passed.load(), semaphore.value());
  Say("left %d", TakeAll(semaphore, 100));
}

// N: two processes ask for the value at the same time, and nobody does anything else.
inline void ValueTogether(const Words& words) {
  const shm::Semaphore semaphore(Number(words[0]));
  const auto look = [&] {
    semaphore.value();
    const stage::Stretch stretch("victim");
    Say("value %d", semaphore.value());
  };
  const pid_t first = stage::Spawn(look);
  const pid_t second = stage::Spawn(look);
  stage::Finish(first);
  stage::Finish(second);
}

// A process dies somewhere between lock() and its end; the next two have the lock one after the other.
inline void DieWithLock(const Words&) {
  shm::Lock lock;
  const pid_t victim = stage::Spawn([&] {
    lock.lock();
    lock.unlock();
    const stage::Stretch stretch("victim");
    lock.lock();
    lock.unlock();
  });
  stage::AwaitDeath(victim);
  lock.lock();
  Say("the parent has the lock");
  stage::Finish(stage::Spawn([&] { Say("a child tries: %s", stage::InWords(lock.try_lock())); }));
  Say("unlock: %s", stage::Thrown([&] { lock.unlock(); }));
  stage::Finish(stage::Spawn([&] { Say("a child tries: %s", stage::InWords(lock.try_lock())); }));
  stage::Reap(victim);
}

// The same, but others wait for the lock while it dies: at its unlock ("holder"), or waiting itself ("waiter").
inline void DieAmongWaiters(const Words& words) {
  shm::Lock lock;
  Board& board = stage::MakeBoard();
  const stage::Event held;
  lock.lock();
  lock.unlock();
  const auto wait = [&] {
    ++board.called;
    lock.lock();
    board.Enter();
    board.Leave();
    lock.unlock();
  };
  const pid_t victim = stage::Spawn([&] {
    lock.lock();
    if (words[0] == "waiter") {
      lock.unlock();
      held.Send();
      while (board.called < 2) stage::Rest();  // the parent holds it, and the others wait
      const stage::Stretch stretch("victim");
      wait();
      return;
    }
    held.Send();
    while (!board.open) stage::Rest();
    const stage::Stretch stretch("victim");
    lock.unlock();
  });
  held.Wait();
  if (words[0] == "waiter") lock.lock();
  const std::vector<pid_t> others = {stage::Spawn(wait), stage::Spawn(wait)};
  if (words[0] == "waiter") {
    stage::AwaitSleep(board, 3, {others[0], others[1], victim});
    lock.unlock();
  } else {
    stage::AwaitSleep(board, 2, others);
    board.open = true;
  }
  for (const pid_t other : others) stage::Finish(other);
  stage::Reap(victim);
  Say("two inside at once: %s", stage::InWords(board.overlaps > 0));
  SayFree(lock);
}

// CALL INITIAL: a process dies around this call; nothing is lost for those who come after it.
inline void DieAtSemaphore(const Words& words) {
  const int initial = Number(words[1]);
  shm::Semaphore semaphore(initial);
  Board& board = stage::MakeBoard();
  const Call call = CallOf(words[0]);
  WarmUp(semaphore);
  const pid_t victim = stage::Spawn([&] {
    const stage::Stretch stretch("victim");
    ++board.called;
    call(semaphore);
    ++board.passed;
  });
  if (initial == 0 && words[0] != "release") {
    stage::AwaitSleep(board, 1, {victim});
    semaphore.release();
  }
  stage::AwaitDeath(victim);
  const bool done = board.passed > 0;
  const pid_t other = stage::Spawn([&] { semaphore.acquire(); });
  semaphore.release();
  stage::Finish(other);
  Say("done: %s, left: %d", stage::InWords(done), TakeAll(semaphore, 100));
  semaphore.release();
  Say("one more: %d", TakeAll(semaphore, 100));
  stage::Reap(victim);
}

}  // namespace scenes
