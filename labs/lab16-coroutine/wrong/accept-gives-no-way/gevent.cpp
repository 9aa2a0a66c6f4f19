// Tasks that take turns, on greenlets.
#include "gevent.hpp"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <stdexcept>
#include <utility>

#include "hub.hpp"

namespace gevent {
namespace {

Hub::Clock::time_point DeadlineIn(std::chrono::nanoseconds timeout) {
  const auto now = Hub::Clock::now();
  return timeout > Hub::Clock::time_point::max() - now ? Hub::Clock::time_point::max() : now + timeout;
}

// Calls until it need not wait. A call that never waits gives way, too.
template <class Call>
auto WithoutBlocking(int fd, short events, Call call) {
  auto result = call();
  while (result < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
    Hub::Get().AwaitDescriptor(fd, events);
    result = call();
  }
  const int error = errno;
  Hub::Get().GiveWay();
  errno = error;
  return result;
}

void SetNonBlocking(int fd) {
  const int flags = ::fcntl(fd, F_GETFL);
  if (flags != -1) ::fcntl(fd, F_SETFL, flags | O_NONBLOCK);
}

}  // namespace

Task::Task(std::function<void()> fn) : state_(std::make_unique<State>()) {
  state_->fn = std::move(fn);
  state_->strand.task = this;
}

Task::~Task() = default;

bool Task::dead() const noexcept { return state_->dead; }

void Task::get() {
  Hub& hub = Hub::Get();
  if (hub.running().task == this) throw std::logic_error("a task cannot wait for itself");
  if (state_->dead) {
    hub.GiveWay();
  } else {
    Wait wait{&hub.running()};
    state_->watchers.push_back(&wait);
    hub.Sleep(wait);
  }
  if (state_->error) std::rethrow_exception(state_->error);
}

TaskHandle spawn(std::function<void()> fn) {
  if (!fn) throw std::invalid_argument("a task needs a function");
  TaskHandle task(new Task(std::move(fn)));
  Hub::Get().Start(task);
  return task;
}

bool joinall(const std::vector<TaskHandle>& tasks, std::optional<std::chrono::nanoseconds> timeout) {
  Hub& hub = Hub::Get();
  Task* const caller = hub.running().task;
  const auto is_caller = [&](const TaskHandle& task) { return caller != nullptr && task.get() == caller; };
  if (std::ranges::any_of(tasks, is_caller)) throw std::logic_error("a task cannot wait for itself");
  const auto all_dead = [&] { return std::ranges::all_of(tasks, &Task::dead); };
  std::optional<Hub::Clock::time_point> deadline;
  if (timeout) deadline = DeadlineIn(*timeout);
  hub.GiveWay();
  while (!all_dead() && !(deadline && *deadline <= Hub::Clock::now())) {
    Wait wait{&hub.running()};
    const auto alive = *std::ranges::find_if(tasks, [](const TaskHandle& task) { return !task->dead(); });
    alive->state_->watchers.push_back(&wait);
    std::optional<Hub::Timers::iterator> timer;
    if (deadline) timer = hub.WakeAt(*deadline, wait);
    hub.Sleep(wait);
    if (timer) hub.Forget(*timer);
    std::erase(alive->state_->watchers, &wait);
  }
  return all_dead();
}

void sleep(std::chrono::nanoseconds duration) {
  Hub& hub = Hub::Get();
  if (duration <= std::chrono::nanoseconds::zero()) return hub.GiveWay();
  Wait wait{&hub.running()};
  const auto timer = hub.WakeAt(DeadlineIn(duration), wait);
  hub.Sleep(wait);
  hub.Forget(timer);
}

int accept(int fd, sockaddr* address, socklen_t* address_length) {
  SetNonBlocking(fd);
  int client;
  while ((client = ::accept(fd, address, address_length)) == -1 && errno == EAGAIN) {
    Hub::Get().AwaitDescriptor(fd, POLLIN);
  }
  return client;
}

int connect(int fd, const sockaddr* address, socklen_t address_length) {
  SetNonBlocking(fd);
  Hub& hub = Hub::Get();
  int result = ::connect(fd, address, address_length);
  int error = errno;
  if (result == -1 && (error == EINPROGRESS || error == EAGAIN)) {
    hub.AwaitDescriptor(fd, POLLOUT);
    socklen_t size = sizeof error;
    if (::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == -1) error = errno;
    result = error == 0 ? 0 : -1;
  } else {
    hub.GiveWay();
  }
  errno = error;
  return result;
}

ssize_t recv(int fd, void* buffer, std::size_t length, int flags) {
  std::size_t received = 0;
  const auto call = [&] {
    return ::recv(fd, static_cast<char*>(buffer) + received, length - received, flags | MSG_DONTWAIT);
  };
  if ((flags & MSG_DONTWAIT) != 0) return call();
  if ((flags & MSG_WAITALL) == 0) return WithoutBlocking(fd, POLLIN, call);
  while (received < length) {
    const ssize_t more = WithoutBlocking(fd, POLLIN, call);
    if (more <= 0) return received > 0 ? static_cast<ssize_t>(received) : more;
    received += static_cast<std::size_t>(more);
  }
  return static_cast<ssize_t>(received);
}

ssize_t send(int fd, const void* buffer, std::size_t length, int flags) {
  std::size_t sent = 0;
  const auto call = [&] {
    return ::send(fd, static_cast<const char*>(buffer) + sent, length - sent, flags | MSG_DONTWAIT);
  };
  if ((flags & MSG_DONTWAIT) != 0) return call();
  do {
    const ssize_t more = WithoutBlocking(fd, POLLOUT, call);
    if (more < 0) return sent > 0 ? static_cast<ssize_t>(sent) : more;
    sent += static_cast<std::size_t>(more);
  } while (sent < length);
  return static_cast<ssize_t>(sent);
}

}  // namespace gevent
