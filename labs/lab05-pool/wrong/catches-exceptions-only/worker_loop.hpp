// What runs in a worker: tasks come in on a socket, one at a time, and results go out.
//
//   parent → worker   TaskHeader, then the arguments
//   worker → parent   Answer::kBegun as soon as it has the whole task; later kDone or kThrew, a size, and so many bytes
//
// A task that has not been announced as begun has not been touched: should the worker die, another one can do it.
#pragma once

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <exception>
#include <iostream>
#include <string>

#include "task.hpp"

namespace pool {

enum class Answer : char { kBegun, kDone, kThrew };

struct TaskHeader {
  decltype(Task::call) call;
  std::size_t size;
};

// All buffered output, of stdio and of iostreams.
inline void FlushOutput() {
  std::cout.flush();
  std::clog.flush();
  std::fflush(nullptr);
}

// These two end the process if there is no parent any more to talk to.
inline void ReceiveAll(int socket, char* bytes, std::size_t size) {
  for (std::size_t done = 0; done < size;) {
    const ssize_t count = ::recv(socket, bytes + done, size - done, 0);
    if (count > 0) done += static_cast<std::size_t>(count);
    if (count == 0 || (count < 0 && errno != EINTR)) ::_exit(0);
  }
}

inline void SendAll(int socket, const std::string& bytes) {
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t count = ::send(socket, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
    if (count > 0) done += static_cast<std::size_t>(count);
    if (count < 0 && errno != EINTR) ::_exit(0);
  }
}

inline std::string Perform(const Task& task) {
  std::string bytes;
  Answer answer = Answer::kDone;
  try {
    bytes = task.call(task.arguments);
  } catch (const std::exception& error) {
    answer = Answer::kThrew;
    bytes = error.what();
  }
  std::string message(1, static_cast<char>(answer));
  Append(message, bytes);  // its size, then itself
  return message;
}

[[noreturn]] inline void DoTasks(int socket) {
  for (;;) {
    TaskHeader header{};
    ReceiveAll(socket, reinterpret_cast<char*>(&header), sizeof header);
    Task task{header.call, std::string(header.size, '\0')};
    ReceiveAll(socket, task.arguments.data(), task.arguments.size());
    SendAll(socket, std::string(1, static_cast<char>(Answer::kBegun)));
    const std::string message = Perform(task);
    FlushOutput();
    SendAll(socket, message);
  }
}

}  // namespace pool
