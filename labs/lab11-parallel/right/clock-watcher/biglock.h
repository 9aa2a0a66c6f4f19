#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>
#include <stop_token>
#include <thread>

#include "counting.h"
#include "team.h"

namespace lab {

// The lock goes to who has waited longest, whenever a thread that only watches the clock says so.
class WatchedLock {
 public:
  void Enter(int worker) {
    std::unique_lock guard(mutex_);
    queue_.push_back(worker);
    moved_.wait(guard, [&] { return queue_.front() == worker; });
  }

  void Leave() {
    const std::lock_guard guard(mutex_);
    queue_.pop_front();
    moved_.notify_all();
  }

  void Check(int worker) {
    if (!time_is_up_.load(std::memory_order_relaxed) || !time_is_up_.exchange(false)) return;
    Leave();
    Enter(worker);
  }

 private:
  void Watch(std::stop_token stop) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock guard(mutex);
    while (!stop.stop_requested()) {
      never.wait_for(guard, stop, std::chrono::milliseconds(5), [] { return false; });
      time_is_up_ = true;
    }
  }

  std::mutex mutex_;
  std::condition_variable moved_;
  std::list<int> queue_;  // the first has the lock
  std::atomic<bool> time_is_up_{false};
  std::jthread watcher_{[this](std::stop_token stop) { Watch(stop); }};
};

// The first worker has the multiples of workers, with which it is soon done.
inline int CountUnderBigLock(int workers, int limit) {
  WatchedLock lock;
  int total = 0;
  RunTeam(workers, [&](int worker) {
    lock.Enter(worker);
    for (int number = worker; number <= limit; number += workers) {
      if (IsPrime(number)) ++total;
      lock.Check(worker);
    }
    lock.Leave();
  });
  return total;
}

}  // namespace lab
