#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "counting.h"
#include "team.h"

namespace lab {

class BigLock {
 public:
  void Lock() {
    mutex_.lock();
    since_ = Clock::now();
  }
  void Unlock() { mutex_.unlock(); }
  void GiveWay() {
    if (Clock::now() - since_ < std::chrono::milliseconds(5)) return;
    Unlock();
    Lock();
  }

 private:
  using Clock = std::chrono::steady_clock;
  std::mutex mutex_;
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
