// gevent.hpp, lab16: many functions in one thread that take turns whenever one would block, as in Python's gevent.
//
//   auto a = gevent::spawn([] { gevent::sleep(1s); });
//   auto b = gevent::spawn([&] { serve(client); });     // serve calls gevent::recv, gevent::send
//   gevent::joinall({a, b});
//
// Fixed: everything outside the private section. Yours: the private section, and all of gevent.cpp. Build it on
// Greenlet. One thread. Switches happen only in the functions marked (switches), which main may call too, outside all
// tasks. Tasks run in the order in which they became ready. When none is ready the thread sleeps in the kernel until a
// timer or a descriptor is due. Nobody starves: a task whose calls never need to wait still gives way to ready tasks,
// timers and descriptors.
#pragma once

#include <sys/socket.h>
#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace gevent {

// A function that was spawned. It goes on when its handle is dropped; tasks not ended when main returns are abandoned.
class Task {
 public:
  ~Task();
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;

  // True when the function has returned or thrown.
  bool dead() const noexcept;

  // Waits until the task is dead and throws what its function threw. Any number of calls. Throws std::logic_error in
  // the task itself. (switches)
  void get();

 private:
  // YOURS
};

using TaskHandle = std::shared_ptr<Task>;

// Makes a task that will call fn, when the caller waits next. An exception ends its task only, and is kept for get().
// Throws std::invalid_argument if fn is empty.
TaskHandle spawn(std::function<void()> fn);

// Waits until all tasks are dead, or timeout has passed. True if all are dead; exceptions stay for get(). The tasks go
// on after a timeout. Throws std::logic_error if the caller is in the list. (switches)
bool joinall(const std::vector<TaskHandle>& tasks, std::optional<std::chrono::nanoseconds> timeout = std::nullopt);

// Lets the others run for at least duration; zero or less: gives each task that is ready one turn. Sleepers wake in the
// order of their deadlines. (switches)
void sleep(std::chrono::nanoseconds duration);

// The notes' monkey patching: arguments, results and errno of the blocking calls of the same name, but while one waits
// the others run. send returns length, or less only after an error, like a blocking send. Each may set O_NONBLOCK on
// fd. Any number of tasks may wait for one descriptor, in either direction. (switches)
int accept(int fd, sockaddr* address, socklen_t* address_length);
int connect(int fd, const sockaddr* address, socklen_t address_length);
ssize_t recv(int fd, void* buffer, std::size_t length, int flags = 0);
ssize_t send(int fd, const void* buffer, std::size_t length, int flags = 0);

}  // namespace gevent
