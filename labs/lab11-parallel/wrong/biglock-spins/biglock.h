#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <atomic>

#include "counting.h"
#include "team.h"

namespace lab {

class BigLock {
 public:
  void Lock() {
    const unsigned mine = next_ticket_++;
    while (now_serving_ != mine) continue;
    since_ = Clock::now();
  }
  void Unlock() { ++now_serving_; }
  void GiveWay() {
    if (Clock::now() - since_ < std::chrono::milliseconds(5)) return;
    Unlock();
    Lock();
  }

 private:
  using Clock = std::chrono::steady_clock;
  std::atomic<unsigned> next_ticket_{0}, now_serving_{0};
  Clock::time_point since_;
};

inline int CountUnderBigLock(int workers, int limit) {
  BigLock big_lock;
  int total = 0;
  RunTeam(workers, [&](int worker) {
    big_lock.Lock();
    ForEachOfShare(worker, workers, limit, [&](int number) {
      if (IsPrime(number)) ++total;
      if (number % 16 == 0) big_lock.GiveWay();
    });
    big_lock.Unlock();
  });
  return total;
}

}  // namespace lab
