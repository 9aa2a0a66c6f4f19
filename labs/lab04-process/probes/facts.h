// What every scenario of the driver needs: to tell facts, to wait for one another, and to look at a child without the
// class under test. All of it by system calls, so that nothing here depends on buffers or on how the class waits.
#pragma once

#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "process.hpp"

using namespace std::chrono_literals;
using Arguments = std::vector<std::string>;

// A line "what = value" on standard output. (Few templates: this file is compiled with every submission.)
[[gnu::noinline]] inline void Tell(std::string_view what, std::string_view value) {
  const std::string line = std::string(what) + " = " + std::string(value) + '\n';
  if (write(STDOUT_FILENO, line.data(), line.size()) == -1) _exit(98);
}
inline void Tell(std::string_view what, const char* value) { Tell(what, std::string_view(value)); }
inline void Tell(std::string_view what, bool value) { Tell(what, value ? "true" : "false"); }
[[gnu::noinline]] inline void Tell(std::string_view what, long value) { Tell(what, std::to_string(value)); }
inline void Tell(std::string_view what, int value) { Tell(what, static_cast<long>(value)); }
[[gnu::noinline]] inline void Tell(std::string_view what, std::optional<int> value) {
  Tell(what, value ? std::to_string(*value) : "empty");
}

// Inside a handler: what was thrown, as far as the contract names it.
[[gnu::noinline]] inline const char* NameOfException() {
  try {
    throw;
  } catch (const std::invalid_argument&) {
    return "std::invalid_argument";
  } catch (const std::logic_error&) {
    return "std::logic_error";
  } catch (const std::system_error&) {
    return "std::system_error";
  } catch (...) {
    return "another exception";
  }
}

// What a call throws.
template <typename Call>
void TellThrown(std::string_view what, Call call) {
  try {
    call();
    Tell(what, "nothing thrown");
  } catch (...) {
    Tell(what, NameOfException());
  }
}

// Processes wait at it until somebody opens it for them, one at a time.
class Gate {
 public:
  Gate() {
    if (pipe(ends_) == -1) throw std::system_error(errno, std::generic_category(), "pipe");
  }
  ~Gate() {
    close(ends_[0]);
    close(ends_[1]);
  }
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;

  void Wait() const {
    char byte = 0;
    while (read(ends_[0], &byte, 1) == -1 && errno == EINTR) continue;
  }
  void Open() const {
    if (write(ends_[1], "!", 1) != 1) _exit(98);
  }
  bool IsOpen() const {
    pollfd end{ends_[0], POLLIN, 0};
    return poll(&end, 1, 0) == 1;
  }
  void CloseForOpening() const { close(ends_[1]); }

 private:
  int ends_[2] = {};
};

// waitid(2) without reaping: 0 or the error.
inline int LookAt(pid_t child, int options, siginfo_t& info) {
  info = {};
  while (syscall(SYS_waitid, P_PID, child, &info, options | WNOWAIT, nullptr) == -1) {
    if (errno != EINTR) return errno;
  }
  return 0;
}

// Sleeps until it is a zombie, or has been reaped already.
inline void WaitUntilEnded(pid_t child) {
  siginfo_t info;
  LookAt(child, WEXITED, info);
}

inline void WaitUntilStopped(pid_t child) {
  siginfo_t info;
  if (LookAt(child, WSTOPPED, info) != 0) _exit(98);
}

// "running", "zombie" or "reaped".
inline std::string StateOf(pid_t child) {
  siginfo_t info;
  const int error = LookAt(child, WEXITED | WNOHANG, info);
  if (error == ECHILD) return "reaped";
  return error == 0 && info.si_pid == child ? "zombie" : "running";
}

inline void SleepFor(std::chrono::milliseconds time) {
  timespec left{time.count() / 1000, time.count() % 1000 * 1'000'000};
  while (nanosleep(&left, &left) == -1 && errno == EINTR) continue;
}

[[noreturn]] inline void SleepForever() {
  for (;;) pause();
}

// Somebody else's child: not started by the class under test.
template <typename Body>
pid_t ForkForeign(Body body) {
  const pid_t child = fork();
  if (child == -1) throw std::system_error(errno, std::generic_category(), "fork");
  if (child != 0) return child;
  body();
  _exit(0);
}

// A child that answers as long as it lives. One that is killed can no longer answer from that very moment on; a zombie
// it becomes a little later.
class Answerer {
 public:
  [[noreturn]] void Serve() const {
    for (;;) {
      question_.Wait();
      answer_.Open();
    }
  }

  // "running", or what has become of it.
  std::string Ask(pid_t child) const {
    question_.Open();
    while (!answer_.IsOpen()) {
      const auto state = StateOf(child);
      if (state != "running") return state;
      SleepFor(1ms);
    }
    answer_.Wait();
    return "running";
  }

 private:
  Gate question_;
  Gate answer_;
};
