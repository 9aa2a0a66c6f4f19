#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "counting.h"
#include "team.h"

namespace lab {

// One lock for all, like the one of a Python interpreter. It is had in the order of asking: whoever gives it back and
// asks again at once stands at the end of the queue.
class BigLock {
 public:
  void Lock() {
    std::unique_lock lock(mutex_);
    const unsigned mine = next_ticket_++;
    turn_.wait(lock, [&] { return now_serving_ == mine; });
    since_ = Clock::now();
  }

  void Unlock() {
    {
      const std::lock_guard lock(mutex_);
      ++now_serving_;
    }
    turn_.notify_all();
  }

  // To be called by the holder now and then: lets the others have it if its time is over.
  void GiveWay() {
    if (Clock::now() - since_ < kInterval) return;
    Unlock();
    Lock();
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds kInterval{5};

  std::mutex mutex_;
  std::condition_variable turn_;
  unsigned next_ticket_ = 0;
  unsigned now_serving_ = 0;
  Clock::time_point since_;  // the holder's
};

inline int CountUnderBigLock(int workers, int limit) {
  BigLock big_lock;
  int total = 0;
  RunTeam(workers, [&](int worker) {
    int found = 0;
    const auto add = [&] {
      big_lock.Lock();
      total += found;
      big_lock.Unlock();
      found = 0;
    };
    ForEachOfShare(worker, workers, limit, [&](int number) {
      if (IsPrime(number) && ++found == 500) add();
    });
    add();
  });
  return total;
}

}  // namespace lab
