// Who runs when, with epoll(7): the tasks that are ready, in turn; then whoever waited for a moment or a descriptor
// that has come.
#pragma once

#include <poll.h>
#include <sys/epoll.h>

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
    auto& watched = descriptors_[fd];
    const int operation = watched.empty() ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
    watched.push_back({events == POLLIN ? std::uint32_t{EPOLLIN} : std::uint32_t{EPOLLOUT}, &wait});
    Tell(fd, operation);
    Sleep(wait);
  }

 private:
  struct Watched {
    std::uint32_t events;
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
    WakeSleepers();
    int timeout = -1;
    if (!ready_.empty()) {
      timeout = 0;
    } else if (!timers_.empty()) {
      const auto left = std::max(Clock::duration::zero(), timers_.begin()->first - Clock::now());
      timeout = static_cast<int>(
          std::min<std::int64_t>(std::chrono::ceil<std::chrono::milliseconds>(left).count(), 1'000'000'000));
    }
    epoll_event events[64];
    const int due = ::epoll_wait(epoll_, events, 64, timeout);
    for (int i = 0; i < due; ++i) WakeWatchers(events[i].data.fd, events[i].events);
    WakeSleepers();
  }

  void WakeSleepers() {
    const auto now = Clock::now();
    for (auto timer = timers_.begin(); timer != timers_.end() && timer->first <= now; ++timer) Wake(*timer->second);
  }

  void WakeWatchers(int fd, std::uint32_t events) {
    auto& watched = descriptors_[fd];
    std::erase_if(watched, [&](const Watched& one) {
      if ((events & (one.events | EPOLLERR | EPOLLHUP)) == 0) return false;
      Wake(*one.wait);
      return true;
    });
    Tell(fd, EPOLL_CTL_MOD);
  }

  // What is waited for, now, at this descriptor.
  void Tell(int fd, int operation) {
    epoll_event event{};
    event.data.fd = fd;
    for (const Watched& one : descriptors_[fd]) event.events |= one.events;
    if (event.events == 0) {
      operation = EPOLL_CTL_DEL;
      descriptors_.erase(fd);
    }
    ::epoll_ctl(epoll_, operation, fd, &event);
  }

  Strand main_;
  Strand* running_ = &main_;
  std::deque<Strand*> ready_;
  Timers timers_;
  std::map<int, std::vector<Watched>> descriptors_;
  int epoll_ = ::epoll_create1(EPOLL_CLOEXEC);
  std::map<Strand*, std::shared_ptr<Task>> alive_;
  Greenlet loop_;
};

}  // namespace gevent
