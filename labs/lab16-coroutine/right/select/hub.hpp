// Who runs when, with select(2); then whoever waited for a moment or a descriptor that has come.
#pragma once

#include <poll.h>
#include <sys/select.h>

#include <chrono>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "gevent.hpp"
#include "greenlet.hpp"

namespace gevent {

// One that can wait: a task, or main.
struct Strand {
  Greenlet* greenlet = nullptr;
  Task* task = nullptr;  // null for main
};

// One wait of a strand, on its stack. Whatever comes first wakes it, once.
struct Wait {
  Strand* strand = nullptr;
  bool woken = false;
};

struct Task::State {
  std::function<void()> fn;
  Strand strand;
  std::unique_ptr<Greenlet> greenlet;
  std::exception_ptr error;
  std::vector<Wait*> watchers;  // who waits for its end
  bool dead = false;
};

class Hub {
 public:
  using Clock = std::chrono::steady_clock;
  using Timers = std::multimap<Clock::time_point, Wait*>;

  static Hub& Get() {
    static Hub* const hub = new Hub;  // never destroyed: tasks that have not ended are abandoned
    return *hub;
  }

  Strand& running() { return *running_; }

  void Start(std::shared_ptr<Task> task) {
    Strand* strand = &task->state_->strand;
    alive_[strand] = std::move(task);
    ready_.push_back(strand);
  }

  void Wake(Wait& wait) {
    if (std::exchange(wait.woken, true)) return;
    ready_.push_back(wait.strand);
  }

  Timers::iterator WakeAt(Clock::time_point deadline, Wait& wait) { return timers_.emplace(deadline, &wait); }
  void Forget(Timers::iterator timer) { timers_.erase(timer); }

  // Sleeps until somebody wakes this wait of the running strand.
  void Sleep(Wait& wait) {
    while (!wait.woken) loop_.switch_to();
  }

  // Lets everybody else who is ready go first.
  void GiveWay() {
    Wait wait{running_};
    Wake(wait);
    loop_.switch_to();
  }

  void AwaitDescriptor(int fd, short events) {
    Wait wait{running_};
    descriptors_.push_back({fd, events, &wait});
    Sleep(wait);
  }

 private:
  struct Watched {
    int fd;
    short events;
    Wait* wait;
  };

  Hub() : main_{&Greenlet::current(), nullptr}, loop_([this](Greenlet::Value) -> Greenlet::Value { return Loop(); }) {}

  Greenlet::Value Loop() {
    while (true) {
      LookAround();
      for (std::size_t turns = ready_.size(); turns > 0; --turns) {
        Strand* strand = ready_.front();
        ready_.pop_front();
        Run(*strand);
      }
    }
  }

  // The hub makes the greenlets, so it is their parent and outlives them.
  void Run(Strand& strand) {
    running_ = &strand;
    if (strand.task != nullptr && strand.greenlet == nullptr) {
      auto& state = *strand.task->state_;
      state.greenlet = std::make_unique<Greenlet>([&state](Greenlet::Value) -> Greenlet::Value {
        try {
          state.fn();
        } catch (...) {
          state.error = std::current_exception();
        }
        return {};
      });
      strand.greenlet = state.greenlet.get();
    }
    strand.greenlet->switch_to();
    running_ = &main_;
    if (strand.task == nullptr || !strand.greenlet->dead()) return;
    End(strand);
  }

  void End(Strand& strand) {
    auto& state = *strand.task->state_;
    state.dead = true;
    state.fn = nullptr;
    state.greenlet.reset();
    for (Wait* watcher : std::exchange(state.watchers, {})) Wake(*watcher);
    alive_.erase(&strand);
  }

  // Wakes those whose moment or descriptor has come; waits for that if nobody is ready.
  void LookAround() {
    fd_set readable;
    fd_set writable;
    FD_ZERO(&readable);
    FD_ZERO(&writable);
    int highest = -1;
    for (const Watched& watched : descriptors_) {
      FD_SET(watched.fd, watched.events == POLLIN ? &readable : &writable);
      highest = std::max(highest, watched.fd);
    }
    timeval timeout{};
    const bool forever = ready_.empty() && timers_.empty();
    if (ready_.empty() && !timers_.empty()) {
      const auto left = std::max(Clock::duration::zero(), timers_.begin()->first - Clock::now());
      const auto microseconds = std::chrono::ceil<std::chrono::microseconds>(left).count();
      timeout = {microseconds / 1'000'000, microseconds % 1'000'000};
    }
    if (::select(highest + 1, &readable, &writable, nullptr, forever ? nullptr : &timeout) > 0) {
      std::erase_if(descriptors_, [&](const Watched& watched) {
        if (!FD_ISSET(watched.fd, watched.events == POLLIN ? &readable : &writable)) return false;
        Wake(*watched.wait);
        return true;
      });
    }
    const auto now = Clock::now();
    for (auto timer = timers_.begin(); timer != timers_.end() && timer->first <= now; ++timer) Wake(*timer->second);
  }

  Strand main_;
  Strand* running_ = &main_;
  std::deque<Strand*> ready_;
  Timers timers_;
  std::vector<Watched> descriptors_;
  std::map<Strand*, std::shared_ptr<Task>> alive_;
  Greenlet loop_;
};

}  // namespace gevent
