// reap nohang N: one thread ticks, the other waits for the children. It is started after the last fork.
#pragma once

#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "basics.h"
#include "gate.h"

namespace lab {

class Ticker {
 public:
  Ticker() : thread_([this] { Tick(); }) {}
  ~Ticker() {
    {
      const std::lock_guard lock(mutex_);
      stop_ = true;
    }
    stopped_.notify_one();
    thread_.join();
  }

 private:
  void Tick() {
    std::unique_lock lock(mutex_);
    auto due = std::chrono::steady_clock::now();
    do {
      PrintLine("tick");
      due = std::max(due + std::chrono::milliseconds(10), std::chrono::steady_clock::now());
    } while (!stopped_.wait_until(lock, due, [this] { return stop_; }));
  }

  std::mutex mutex_;
  std::condition_variable stopped_;
  bool stop_ = false;
  std::thread thread_;
};

inline int NoHang(int count) {
  Gate start;
  std::vector<pid_t> children;
  for (int number = 0; number < count; ++number) {
    children.push_back(StartChild([&] {
      start.LetGo();
      start.Wait();
      std::this_thread::sleep_for(std::chrono::milliseconds(30 * (1 + number % 3)));
      return 0;
    }));
  }
  if (children.empty()) return 0;
  const Ticker ticker;
  start.Open();
  while (!children.empty()) {
    const pid_t ended = waitpid(-1, nullptr, 0);
    if (ended == -1 && errno != EINTR) Fail("waitpid");
    std::erase(children, ended);
  }
  return 0;
}

}  // namespace lab
