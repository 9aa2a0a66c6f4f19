// Scenes with Semaphore.
#pragma once

#include <algorithm>
#include <climits>
#include <vector>

#include "shm.hpp"
#include "stage.h"

namespace scenes {

using stage::Board;
using stage::Number;
using stage::Say;
using stage::Words;

inline constexpr auto kOnlyLook = std::chrono::nanoseconds(0);

// How many can be taken off without waiting.
inline int TakeAll(shm::Semaphore& semaphore, int most) {
  int taken = 0;
  while (taken < most && semaphore.acquire(kOnlyLook)) ++taken;
  return taken;
}

// N: how it counts, in two processes.
inline void SemaphoreCounts(const Words& words) {
  const int count = Number(words[0]);
  shm::Semaphore semaphore(count);
  Say("value %d", semaphore.value());
  semaphore.acquire();
  stage::Finish(stage::Spawn([&] {
    semaphore.acquire();
    Say("value in the child %d", semaphore.value());
  }));
  Say("value %d", semaphore.value());
  Say("taken %d", TakeAll(semaphore, count + 10));
  Say("value %d", semaphore.value());
  stage::Finish(stage::Spawn([&] {
    for (int i = 0; i < count; ++i) semaphore.release();
  }));
  Say("value %d", semaphore.value());
  Say("value of one from 0: %d", shm::Semaphore(0).value());
}

// N: negative.
inline void SemaphoreRefuses(const Words& words) {
  Say("%d: %s", Number(words[0]), stage::Thrown([&] { shm::Semaphore semaphore(Number(words[0])); }));
  Say("-1: %s", stage::Thrown([] { shm::Semaphore semaphore(-1); }));
  Say("least int: %s", stage::Thrown([] { shm::Semaphore semaphore(INT_MIN); }));
  Say("0: %s", stage::Thrown([] { shm::Semaphore semaphore(0); }));
}

// INITIAL MORE: large counters.
inline void SemaphoreOfMany(const Words& words) {
  shm::Semaphore semaphore(Number(words[0]));
  Say("value %d", semaphore.value());
  for (int i = 0; i < Number(words[1]); ++i) semaphore.release();
  Say("value %d", semaphore.value());
}

// Each release lets one waiting process go on, and no more than one. WAITERS: more than three.
inline void SemaphoreWaits(const Words& words) {
  shm::Semaphore semaphore(0);
  const stage::Event passed;
  std::vector<pid_t> children;
  const int waiters = Number(words[0]);
  for (int child = 0; child < waiters; ++child) {
    children.push_back(stage::Spawn([&] {
      if (child % 2 == 0) semaphore.acquire();
      if (child % 2 == 1 && !semaphore.acquire(std::chrono::hours(20))) Say("acquire(20h) is false");
      passed.Send();
    }));
  }
  stage::WaitForWord();
  semaphore.release();
  semaphore.release();
  passed.Wait();
  passed.Wait();
  stage::WaitForWord();
  Say("a third has passed after two releases: %s", stage::InWords(passed.WaitFor(0)));
  for (int i = 2; i < waiters; ++i) semaphore.release();
  for (const pid_t child : children) stage::Finish(child);
  Say("value %d", semaphore.value());
}

// CHILDREN ROUNDS START: each takes one off and puts it back, again and again; START of them may be inside at once.
inline void SemaphoreLimits(const Words& words) {
  const int most = Number(words[2]);
  constexpr int kSlowRounds = 10;
  const int number = Number(words[0]);
  shm::Semaphore semaphore(most);
  Board& board = stage::MakeBoard();
  std::vector<pid_t> children;
  for (int child = 0; child < number; ++child) {
    children.push_back(stage::Spawn([&] {
      stage::StartTogether(board, number);
      for (int round = 0; round < Number(words[1]); ++round) {
        semaphore.acquire();
        if (board.inside.fetch_add(1) >= most) ++board.overlaps;
        if (round < kSlowRounds) stage::Rest();
        board.Leave();
        semaphore.release();
      }
    }));
  }
  for (const pid_t child : children) stage::Finish(child);
  Say("more inside than it lets: %s", stage::InWords(board.overlaps > 0));
  Say("value %d", semaphore.value());
}

// CHILDREN ROUNDS: all release at the same time, as fast as they can.
inline void SemaphoreGathers(const Words& words) {
  const int children = Number(words[0]);
  const int rounds = Number(words[1]);
  shm::Semaphore semaphore(0);
  Board& board = stage::MakeBoard();
  std::vector<pid_t> family;
  for (int child = 0; child < children; ++child) {
    family.push_back(stage::Spawn([&] {
      stage::StartTogether(board, children);
      for (int round = 0; round < rounds; ++round) semaphore.release();
    }));
  }
  for (const pid_t child : family) stage::Finish(child);
  Say("value %d", semaphore.value());
}

// NANOSECONDS...: nobody releases.
inline void SemaphoreTimesOut(const Words& words) {
  shm::Semaphore semaphore(0);
  for (const auto& word : words) {
    const auto timeout = stage::Nanoseconds(std::strtoll(word.c_str(), nullptr, 10));
    const auto before = stage::Now();
    const bool taken = semaphore.acquire(timeout);
    const auto took = stage::Now() - before;
    Say("%lld %s %lld", static_cast<long long>(timeout.count()), stage::InWords(taken),
        static_cast<long long>(took.count()));
  }
}

// Zero and less: a look, whether there is something or not.
inline void SemaphoreLooks(const Words&) {
  using stage::Nanoseconds;
  shm::Semaphore semaphore(0);
  const Nanoseconds timeouts[] = {Nanoseconds(0), Nanoseconds(-1), -std::chrono::milliseconds(1),
                                  -std::chrono::seconds(5), Nanoseconds::min()};
  int taken = 0;
  for (const auto timeout : timeouts) taken += semaphore.acquire(timeout) ? 1 : 0;
  Say("of nothing: %d", taken);
  for (const auto timeout : timeouts) {
    semaphore.release();
    taken += semaphore.acquire(timeout) ? 1 : 0;
  }
  Say("of one each: %d", taken);
  for (const auto timeout : {Nanoseconds(1), Nanoseconds(std::chrono::hours(24))}) {
    semaphore.release();
    Say("one is there: %s", stage::InWords(semaphore.acquire(timeout)));
  }
  Say("value %d", semaphore.value());
}

// NANOSECONDS...: long timeouts; something is released while the child sleeps.
inline void SemaphoreLongTimeouts(const Words& words) {
  shm::Semaphore semaphore(0);
  int called = 0;
  Board& board = stage::MakeBoard();
  for (const auto& word : words) {
    const auto timeout = stage::Nanoseconds(std::strtoll(word.c_str(), nullptr, 10));
    const pid_t child = stage::Spawn([&] {
      ++board.called;
      const bool taken = semaphore.acquire(timeout);
      Say("taken: %s, too early: %s", stage::InWords(taken), stage::InWords(!board.open));
    });
    stage::AwaitSleep(board, ++called, {child});
    board.open = true;
    semaphore.release();
    stage::Finish(child);
    board.open = false;
  }
  Say("value %d", semaphore.value());
}

}  // namespace scenes
