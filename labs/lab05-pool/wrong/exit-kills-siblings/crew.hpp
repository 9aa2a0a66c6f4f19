// The workers of a pool, and the tasks that wait for them.
#pragma once

#include <sys/prctl.h>
#include <time.h>

#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "worker.hpp"

namespace pool {

using Clock = std::chrono::steady_clock;

class Crew {
 public:
  // Throws std::system_error, and leaves nothing, if the system does not give that many.
  explicit Crew(int workers) : wanted_(static_cast<std::size_t>(workers)) {
    try {
      while (workers_.size() < wanted_) Hire();
    } catch (...) {
      Kill();
      throw;
    }
  }

  bool closed() const { return closed_; }
  bool done() const { return waiting_.empty() && AllIdle(); }

  void Add(Job job) {
    waiting_.push_back(std::move(job));
    Look();
  }

  void Close() {
    closed_ = true;
    Look();
  }

  // Everything that can be done without waiting: results are taken, the dead are replaced, the idle get work.
  void Look() {
    for (Worker& worker : workers_) worker.Exchange();
    ReplaceTheDead();
    for (Worker& worker : workers_) {
      if (waiting_.empty()) return;
      if (!worker.idle()) continue;
      worker.Give(std::move(waiting_.front()));
      waiting_.pop_front();
    }
  }

  // Sleeps until there is something to do, or until the deadline; then does it.
  void SleepAndLook(std::optional<Clock::time_point> deadline) {
    std::vector<pollfd> events;
    for (const Worker& worker : workers_) {
      for (const pollfd& event : worker.Events()) events.push_back(event);
    }
    timespec rest{};
    if (deadline) {
      const auto left = std::max(*deadline - Clock::now(), Clock::duration::zero());
      rest.tv_sec = std::chrono::duration_cast<std::chrono::seconds>(left).count();
      rest.tv_nsec = (left % std::chrono::seconds(1)).count();
    }
    ::ppoll(events.data(), events.size(), deadline ? &rest : nullptr, nullptr);  // a signal is as good as an event
    Look();
  }

  // Sleeps until the workers, who have nothing to do any more, have ended.
  void Dismiss() {
    for (Worker& worker : workers_) worker.Dismiss();
    for (Worker& worker : workers_) worker.Reap();
    workers_.clear();
  }

  void Kill() {
    closed_ = true;
    for (Worker& worker : workers_) worker.Kill();
    for (Worker& worker : workers_) {
      worker.Reap();
      worker.Abandon("the pool was terminated");
    }
    workers_.clear();
    for (Job& job : waiting_) job.state->Settle(State::Fate::kLost, "the pool was terminated");
    waiting_.clear();
  }

 private:
  bool AllIdle() const {
    for (const Worker& worker : workers_) {
      if (!worker.idle()) return false;
    }
    return true;
  }

  void Hire() {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) Fail("socketpair");
    Fd ours(ends[0]);
    const Fd theirs(ends[1]);
    FlushOutput();  // or the worker would print it again
    const pid_t parent = ::getpid();
    const pid_t pid = ::fork();
    if (pid < 0) Fail("fork");
    if (pid == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      if (::getppid() != parent) ::_exit(0);  // it died before it could be asked for
      ours = Fd();
      for (Worker& sibling : workers_) sibling.HangUp();  // its socket is the parent's, and would not end with it
      DoTasks(theirs.get());
    }
    Worker worker(pid, std::move(ours));
    if (!worker.watched()) {
      const int error = errno;
      worker.Kill();
      worker.Reap();
      throw std::system_error(error, std::generic_category(), "pidfd_open");
    }
    workers_.push_back(std::move(worker));
  }

  [[noreturn]] static void Fail(const char* call) { throw std::system_error(errno, std::generic_category(), call); }

  // What a dead worker had not begun goes back to the head of the queue. If the system gives no process now, it is
  // asked again at the next look; with no worker at all there would be none.
  void ReplaceTheDead() {
    for (std::size_t i = 0; i < workers_.size();) {
      if (!workers_[i].Dead()) {
        ++i;
        continue;
      }
      if (auto job = workers_[i].Bury()) waiting_.push_front(std::move(*job));
      workers_.erase(workers_.begin() + static_cast<std::ptrdiff_t>(i));
      missing_ = true;
    }
    if (!missing_) return;
    try {
      while (workers_.size() < wanted_) Hire();
      missing_ = false;
    } catch (const std::system_error&) {
      if (workers_.empty()) throw;
    }
  }

  std::size_t wanted_;
  std::vector<Worker> workers_;
  std::deque<Job> waiting_;
  bool closed_ = false;
  bool missing_ = false;
};

}  // namespace pool
