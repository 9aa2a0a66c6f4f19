#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>

#include "counting.h"
#include "team.h"

namespace lab {

// As CPython does it: who waits for longer than the switch interval asks the holder to drop the lock, and the holder
// then waits until somebody else has really got it.
class Gil {
 public:
  void Take() {
    std::unique_lock lock(mutex_);
    while (locked_) {
      const auto seen = switches_;
      free_.wait_for(lock, std::chrono::milliseconds(5));
      if (locked_ && switches_ == seen) drop_request_.store(true, std::memory_order_relaxed);
    }
    locked_ = true;
    ++switches_;
    drop_request_ = false;
    switched_.notify_all();
  }

  void Drop(bool asked) {
    std::unique_lock lock(mutex_);
    locked_ = false;
    const auto seen = switches_;
    free_.notify_one();
    if (asked) switched_.wait(lock, [&] { return switches_ != seen; });
  }

  void Check() {
    if (!drop_request_.load(std::memory_order_relaxed)) return;
    Drop(true);
    Take();
  }

 private:
  std::mutex mutex_;
  std::condition_variable free_, switched_;
  std::atomic<bool> drop_request_{false};
  bool locked_ = false;
  unsigned switches_ = 0;
};

inline int CountUnderBigLock(int workers, int limit) {
  Gil gil;
  int total = 0;
  RunTeam(workers, [&](int worker) {
    gil.Take();
    ForEachOfShare(worker, workers, limit, [&](int number) {
      gil.Check();
      if (IsPrime(number)) ++total;
    });
    gil.Drop(false);
  });
  return total;
}

}  // namespace lab
