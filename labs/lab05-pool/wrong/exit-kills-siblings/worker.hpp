// One worker process, as the parent sees it. Nothing here ever waits for a worker that lives.
#pragma once

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "fd.hpp"
#include "state.hpp"
#include "worker_loop.hpp"

namespace pool {

struct Job {
  Task task;
  std::shared_ptr<State> state;
};

class Worker {
 public:
  // Of a process that has just been forked, and the parent's end of its socket.
  Worker(pid_t pid, Fd socket)
      : pid_(pid), socket_(std::move(socket)), pidfd_(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))) {}
  Worker(Worker&&) = default;
  Worker& operator=(Worker&&) = default;

  bool idle() const { return !job_; }
  bool watched() const { return pidfd_.get() >= 0; }  // false: out of descriptors, and nobody would hear of its end

  // The caller waits for a message, for room if there is something to send, and for the end of the process: that of the
  // socket is not enough, since a process which a task has started may hold it open.
  std::array<pollfd, 2> Events() const {
    const bool sending = sent_ < outgoing_.size();
    return {pollfd{socket_.get(), static_cast<short>(POLLIN | (sending ? POLLOUT : 0)), 0},
            pollfd{pidfd_.get(), POLLIN, 0}};
  }

  // Of an idle worker.
  void Give(Job job) {
    const TaskHeader header{job.task.call, job.task.arguments.size()};
    outgoing_.assign(reinterpret_cast<const char*>(&header), sizeof header);
    outgoing_ += job.task.arguments;
    sent_ = 0;
    job_ = std::move(job);
    Send();
  }

  // Sends and receives what goes without waiting.
  void Exchange() {
    Send();
    Receive();
  }

  bool Dead() const {
    pollfd end{pidfd_.get(), POLLIN, 0};
    return ::poll(&end, 1, 0) == 1;
  }

  // Of a dead worker: what it was given and did not begin, so that another can do it. A task that it did begin, and did
  // not finish, is lost.
  std::optional<Job> Bury() {
    Receive();  // its last words
    Reap();
    if (job_ && begun_) {
      job_->state->Settle(State::Fate::kLost, "the worker died over the task");
      job_.reset();
    }
    return std::move(job_);
  }

  void Kill() { ::kill(pid_, SIGKILL); }

  // The worker ends as soon as it is idle. To close our end would not do: the workers of another pool may have it, too.
  void Dismiss() { ::shutdown(socket_.get(), SHUT_WR); }

  // In a sibling, which has no use for the descriptors.
  void HangUp() {
    socket_ = Fd();
    pidfd_ = Fd();
  }

  // Sleeps until the process has ended.
  void Reap() {
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) continue;
  }

  // Of a worker that was killed.
  void Abandon(std::string why) {
    if (job_) job_->state->Settle(State::Fate::kLost, std::move(why));
    job_.reset();
  }

 private:
  void Send() {
    while (sent_ < outgoing_.size()) {
      const ssize_t count =
          ::send(socket_.get(), outgoing_.data() + sent_, outgoing_.size() - sent_, MSG_DONTWAIT | MSG_NOSIGNAL);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return;  // no room, or nobody there any more
      sent_ += static_cast<std::size_t>(count);
    }
    outgoing_ = std::string();
    sent_ = 0;
  }

  void Receive() {
    std::array<char, 64 * 1024> piece;
    for (;;) {
      const ssize_t count = ::recv(socket_.get(), piece.data(), piece.size(), MSG_DONTWAIT);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return;
      incoming_.append(piece.data(), static_cast<std::size_t>(count));
      Understand();
    }
  }

  // Takes the whole messages out of incoming_.
  void Understand() {
    if (!begun_ && !incoming_.empty()) {
      begun_ = true;
      job_->task.arguments = std::string();  // nobody will need them again
      incoming_.erase(0, 1);
    }
    constexpr std::size_t kHead = 1 + sizeof(std::size_t);
    if (incoming_.size() < kHead) return;
    std::string_view rest(incoming_);
    const auto answer = static_cast<Answer>(rest.front());
    rest.remove_prefix(1);
    const auto size = Take<std::size_t>(rest);
    if (rest.size() < size) return;
    job_->state->Settle(answer == Answer::kDone ? State::Fate::kDone : State::Fate::kThrew, std::string(rest));
    job_.reset();
    begun_ = false;
    incoming_ = std::string();
  }

  pid_t pid_;
  Fd socket_;
  Fd pidfd_;
  std::optional<Job> job_;
  bool begun_ = false;
  std::string outgoing_;
  std::size_t sent_ = 0;
  std::string incoming_;
};

}  // namespace pool
