#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <semaphore>
#include <thread>

#include "counting.h"
#include "team.h"

namespace lab {

class BigLock {
 public:
  void Lock() { places_.acquire(); }
  void Unlock() { places_.release(); }
  void GiveWay() {
    thread_local auto since = std::chrono::steady_clock::now();
    if (std::chrono::steady_clock::now() - since < std::chrono::milliseconds(5)) return;
    Unlock();
    std::this_thread::sleep_for(std::chrono::microseconds(100));
    Lock();
    since = std::chrono::steady_clock::now();
  }

 private:
  std::counting_semaphore<2> places_{2};
};

inline int CountUnderBigLock(int workers, int limit) {
  BigLock big_lock;
  std::atomic<int> total{0};
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
