// The means of the driver's scenarios: facts in lines, processes, and how to wait for one another without ipc.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <optional>
#include <string>
#include <system_error>
#include <type_traits>
#include <vector>

#include "content.h"
#include "ipc.hpp"

namespace stage {

using Words = std::vector<std::string>;
using ipc::Bytes;
using std::chrono::nanoseconds;
using namespace std::chrono_literals;

constexpr nanoseconds kDay = 24h;

inline std::uint64_t Number(const std::string& word) { return std::strtoull(word.c_str(), nullptr, 10); }

// One line, in one write: whoever else writes.
inline void Tell(const std::string& what, const std::string& fact) {
  const std::string line = what + ' ' + fact + '\n';
  if (write(STDOUT_FILENO, line.data(), line.size()) != static_cast<ssize_t>(line.size())) _exit(99);
}

inline std::string InWords(bool value) { return value ? "true" : "false"; }
inline std::string InWords(int value) { return std::to_string(value); }
inline std::string InWords(const Bytes& value) { return content::Told(value); }

// A call whose outcome is wanted. Not a template over its callers, of which there are many: they compile slowly.
struct Call {
  std::string (*run)(const void* what);
  const void* what;
};
std::string OutcomeOf(Call call);

// What came of a call: what it returned, or what it threw.
template <typename What>
std::string Outcome(const What& what) {
  const auto run = [](const void* erased) -> std::string {
    const What& call = *static_cast<const What*>(erased);
    if constexpr (std::is_void_v<std::invoke_result_t<const What&>>) {
      call();
      return "returned";
    } else {
      return InWords(call());
    }
  };
  return OutcomeOf({run, &what});
}

inline std::string OutcomeOf(Call call) try { return call.run(call.what); } catch (const ipc::Closed&) {
  return "Closed";
} catch (const ipc::Disconnected&) {
  return "Disconnected";
} catch (const ipc::Full&) {
  return "Full";
} catch (const ipc::Empty&) {
  return "Empty";
} catch (const std::length_error&) {
  return "length_error";
} catch (const std::invalid_argument&) {
  return "invalid_argument";
} catch (const std::logic_error&) {
  return "logic_error";
} catch (const std::system_error&) {
  return "system_error";
} catch (const std::exception& error) {
  return std::string("exception: ") + error.what();
}

// A process that runs body and ends.
template <typename Body>
pid_t Child(Body body) {
  const pid_t child = fork();
  if (child == -1) _exit(98);
  if (child != 0) return child;
  const std::string end = Outcome(body);
  if (end != "returned") Tell("child", end);
  _exit(0);
}

inline void Reap(pid_t child) {
  while (waitpid(child, nullptr, 0) == -1 && errno == EINTR) continue;
}

inline void Kill(pid_t child) {
  kill(child, SIGKILL);
  Reap(child);
}

// Sleeps until it has ended, and leaves it to be reaped.
inline void AwaitEnd(pid_t child) {
  siginfo_t info;
  while (waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT) == -1 && errno == EINTR) continue;
}

inline void Nap(nanoseconds time) {
  const timespec span{static_cast<time_t>(time / 1s), static_cast<long>((time % 1s).count())};
  nanosleep(&span, nullptr);
}

// What is in a file of /proc.
inline std::string Content(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  std::string content;
  char part[4096];
  for (ssize_t size = 0; file != -1 && (size = read(file, part, sizeof part)) > 0;) {
    content.append(part, static_cast<std::size_t>(size));
  }
  if (file != -1) close(file);
  return content;
}

inline char StateOf(pid_t process) {
  const std::string line = Content("/proc/" + std::to_string(process) + "/stat");
  const auto bracket = line.rfind(')');
  return bracket == std::string::npos || bracket + 2 >= line.size() ? 'X' : line[bracket + 2];
}

// Until it seems to sleep for good, or has ended. Only makes it likely that a scenario takes the way it is meant to
// take.
inline void AwaitAsleep(pid_t process) {
  constexpr int kLooks = 2000;
  constexpr int kInARow = 4;
  int asleep = 0;
  for (int look = 0; look < kLooks && asleep < kInARow; ++look) {
    const char state = StateOf(process);
    if (state == 'Z' || state == 'X') return;
    const bool held_up = state == 't';  // by the grader
    asleep = state == 'S' || held_up ? asleep + 1 : 0;
    Nap(1ms);
  }
}

// Where processes wait for each other.
class Gate {
 public:
  Gate() {
    if (pipe2(ends_, O_CLOEXEC) == -1) _exit(97);
  }
  // Lets so many through, now or later.
  void Open(int times = 1) {
    const std::string bytes(static_cast<std::size_t>(times), '+');
    if (write(ends_[1], bytes.data(), bytes.size()) == -1) _exit(97);
  }
  void Wait() {
    char byte = 0;
    while (read(ends_[0], &byte, 1) == -1 && errno == EINTR) continue;
  }

 private:
  int ends_[2];
};

// Descriptors that have nothing to do with ipc, with the lowest numbers that are free: those that somebody has closed.
class Foreign {
 public:
  Foreign() {
    for (int& number : numbers_) number = open("/dev/null", O_RDONLY | O_CLOEXEC);
  }
  ~Foreign() {
    for (const int number : numbers_) close(number);
  }
  Foreign(const Foreign&) = delete;

  bool AllOpen() const {
    return std::ranges::all_of(numbers_, [](int number) { return fcntl(number, F_GETFD) != -1; });
  }

 private:
  std::array<int, 8> numbers_;
};

// Sends messages until the pipe is full, however much that is: the numbers from 1 on, each of size bytes. Made before
// fork().
class Flood {
 public:
  Flood(std::uint64_t seed, std::size_t size) : seed_(seed), size_(size) {
    void* const memory = mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) _exit(97);
    shared_ = new (memory) Shared;
  }

  // In the sender: until another process has said that it is enough, or the pipe has swallowed all that can be meant.
  void Send(ipc::Connection& connection) const {
    constexpr std::size_t kMost = std::size_t{200} << 20;
    shared_->begun = true;
    while (!shared_->enough && shared_->sent * size_ < kMost) {
      connection.send(content::Message(seed_, shared_->sent + 1, size_));
      ++shared_->sent;
    }
  }
  // In another process: until the sender sleeps over a message, or has ended. A new process may be held up by the
  // grader before it has done anything, which is no sleep.
  void AwaitFull(pid_t sender) const {
    constexpr int kStuck = 500;
    for (int asleep = 0; !shared_->begun && asleep < kStuck; Nap(1ms)) {
      const char state = StateOf(sender);
      if (state == 'Z' || state == 'X') return;
      asleep = state == 'S' ? asleep + 1 : 0;
    }
    AwaitAsleep(sender);
  }
  // The sender ends after the message that it is sending.
  void Stop() const { shared_->enough = true; }
  // How many send() have returned.
  int sent() const { return static_cast<int>(shared_->sent); }

 private:
  struct Shared {
    std::atomic<bool> begun{false};
    std::atomic<std::size_t> sent{0};
    std::atomic<bool> enough{false};
  };

  std::uint64_t seed_;
  std::size_t size_;
  Shared* shared_;
};

// The stretch of a process in which the grader may intervene.
class Stretch {
 public:
  Stretch() { prctl(PR_SET_NAME, "victim"); }
  ~Stretch() { prctl(PR_SET_NAME, "victim."); }
  Stretch(const Stretch&) = delete;
};

// Until it is in its stretch, or has ended: who enters a stretch after it waits there for what the grader does to it.
inline void AwaitStretch(pid_t process) {
  constexpr int kLooks = 2000;
  for (int look = 0; look < kLooks && !Content("/proc/" + std::to_string(process) + "/comm").starts_with("victim");
       ++look) {
    Nap(1ms);
  }
}

// "OUTCOME NANOSECONDS": what came of a call, and how long it took at least.
template <typename What>
std::string Timed(const What& call) {
  const auto start = std::chrono::steady_clock::now();
  const std::string outcome = Outcome(call);
  const nanoseconds time = std::chrono::steady_clock::now() - start;
  return outcome + ' ' + std::to_string(time.count());
}

}  // namespace stage
