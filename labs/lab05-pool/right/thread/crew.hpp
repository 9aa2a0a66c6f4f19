// A thread of the parent manages the workers all the time; callers wait for it.
#pragma once

#include <signal.h>
#include <sys/eventfd.h>

#include <condition_variable>
#include <mutex>
#include <thread>

#include "bench.hpp"

namespace pool {

class Crew {
 public:
  explicit Crew(int workers) : bench_(workers), wake_(::eventfd(0, EFD_CLOEXEC)) {
    if (wake_.get() < 0) {
      const int error = errno;
      bench_.Kill();
      throw std::system_error(error, std::generic_category(), "eventfd");
    }
    sigset_t all, before;  // signal handlers run in the caller's thread
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before);
    try {
      manager_ = std::thread([this] { Manage(); });
    } catch (...) {
      ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
      bench_.Kill();
      throw;
    }
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  }

  bool closed() {
    const std::lock_guard lock(mutex_);
    return bench_.closed();
  }

  void Add(Job job) {
    const std::lock_guard lock(mutex_);
    bench_.Add(std::move(job));
    Wake();
  }

  void Close() {
    const std::lock_guard lock(mutex_);
    bench_.Close();
    Wake();
  }

  // Whether the task is settled, if so by the deadline at the latest.
  bool Await(const State& state, std::optional<Clock::time_point> deadline) {
    std::unique_lock lock(mutex_);
    bench_.Look();
    Wake();
    news_.notify_all();
    const auto settled = [&] { return state.fate != State::Fate::kOpen; };
    if (!deadline) {
      news_.wait(lock, settled);
      return true;
    }
    return news_.wait_until(lock, *deadline, settled);
  }

  void Join() {
    {
      std::unique_lock lock(mutex_);
      news_.wait(lock, [&] { return bench_.done(); });
    }
    Stop();
    bench_.Dismiss();
  }

  void Kill() {
    Stop();
    bench_.Kill();
  }

 private:
  void Wake() {
    const std::uint64_t one = 1;
    while (::write(wake_.get(), &one, sizeof one) < 0 && errno == EINTR) continue;
  }

  void Stop() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
      Wake();
    }
    if (manager_.joinable()) manager_.join();
  }

  void Manage() {
    for (;;) {
      std::vector<pollfd> events;
      {
        const std::lock_guard lock(mutex_);
        if (stopped_) return;
        bench_.Look();
        news_.notify_all();
        events = bench_.Events();
      }
      events.push_back({wake_.get(), POLLIN, 0});
      ::poll(events.data(), events.size(), -1);
      std::uint64_t count = 0;
      if (events.back().revents != 0 && ::read(wake_.get(), &count, sizeof count) < 0) return;
    }
  }

  std::mutex mutex_;
  std::condition_variable news_;
  Bench bench_;
  bool stopped_ = false;
  Fd wake_;
  std::thread manager_;
};

}  // namespace pool
