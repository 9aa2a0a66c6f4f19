// What the scenes of the driver are played with: processes, words to tell what they see, and ways to wait for each
// other that do not use the submission.
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

namespace stage {

using Nanoseconds = std::chrono::nanoseconds;
using Words = std::vector<std::string>;

// One line, whole, at once: processes share stdout.
[[gnu::format(printf, 1, 2)]] inline void Say(const char* format, ...) {
  char line[512];
  va_list arguments;
  va_start(arguments, format);
  int size = std::vsnprintf(line, sizeof line - 1, format, arguments);
  va_end(arguments);
  if (size > static_cast<int>(sizeof line) - 2) size = static_cast<int>(sizeof line) - 2;
  line[size++] = '\n';
  if (write(STDOUT_FILENO, line, static_cast<std::size_t>(size)) != size) _exit(2);
}

[[noreturn]] inline void Break(const char* what) {
  dprintf(STDERR_FILENO, "%s: %s\n", what, std::strerror(errno));
  _exit(2);
}

inline const char* KindOf(const std::exception& error) {
  if (dynamic_cast<const std::out_of_range*>(&error) != nullptr) return "std::out_of_range";
  if (dynamic_cast<const std::invalid_argument*>(&error) != nullptr) return "std::invalid_argument";
  if (dynamic_cast<const std::logic_error*>(&error) != nullptr) return "std::logic_error";
  if (dynamic_cast<const std::system_error*>(&error) != nullptr) return "std::system_error";
  if (dynamic_cast<const std::bad_alloc*>(&error) != nullptr) return "std::bad_alloc";
  return "another exception";
}

// Something to run, as long as the expression lasts that makes this of a lambda. One function for all lambdas compiles
// faster than one for each.
class Body {
 public:
  template <class Lambda>
  Body(const Lambda& lambda)  // NOLINT(google-explicit-constructor): a lambda is a body
      : lambda_(&lambda), call_([](const void* the) { (*static_cast<const Lambda*>(the))(); }) {}
  void operator()() const { call_(lambda_); }

 private:
  const void* lambda_;
  void (*call_)(const void*);
};

// What body throws, in words.
inline const char* Thrown(Body body) {
  try {
    body();
  } catch (const std::exception& error) {
    return KindOf(error);
  } catch (...) {
    return "no std::exception";
  }
  return "nothing";
}

// Runs body; the exit status for what became of it.
inline int Guarded(Body body) {
  try {
    body();
    return 0;
  } catch (const std::exception& error) {
    dprintf(STDERR_FILENO, "%s was thrown: %s\n", KindOf(error), error.what());
  } catch (...) {
    dprintf(STDERR_FILENO, "something that is no std::exception was thrown\n");
  }
  return 1;
}

// A child that runs body and ends, without destroying anything that its parent made.
inline pid_t Spawn(Body body) {
  const pid_t child = fork();
  if (child == -1) Break("fork");
  if (child == 0) _exit(Guarded(body));
  return child;
}

inline int Reap(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) == -1) {
    if (errno != EINTR) Break("waitpid");
  }
  return status;
}

// Reaps a child that is to have ended well; otherwise the scene is over.
inline void Finish(pid_t child) {
  const int status = Reap(child);
  if (status == 0) return;
  if (WIFSIGNALED(status)) dprintf(STDERR_FILENO, "a child was killed by signal %d\n", WTERMSIG(status));
  _exit(1);
}

// Sleeps until the child is dead, and leaves it a zombie.
inline void AwaitDeath(pid_t child) {
  siginfo_t info;
  while (waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT) == -1) {
    if (errno != EINTR) Break("waitid");
  }
}

inline void Kill(pid_t child) {
  kill(child, SIGKILL);
  Reap(child);
}

// Something that has happened: each Send lets one Wait go on. Made before the fork.
class Event {
 public:
  Event() {
    if (pipe2(ends_, O_CLOEXEC) == -1) Break("pipe2");
  }
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  ~Event() {
    close(ends_[0]);
    close(ends_[1]);
  }

  void Send() const {
    if (write(ends_[1], "!", 1) != 1) Break("write");
  }
  void Wait() const {
    char byte = 0;
    while (read(ends_[0], &byte, 1) != 1) {
      if (errno != EINTR) Break("read");
    }
  }
  // Whether it came within so many milliseconds.
  bool WaitFor(int milliseconds) const {
    pollfd end{ends_[0], POLLIN, 0};
    if (poll(&end, 1, milliseconds) != 1) return false;
    Wait();
    return true;
  }

 private:
  int ends_[2];
};

// A line from the grader: it says when to go on.
inline void WaitForWord() {
  char byte = 0;
  while (byte != '\n') {
    const ssize_t size = read(STDIN_FILENO, &byte, 1);
    if (size == 0) return;
    if (size == -1 && errno != EINTR) Break("read");
  }
}

// Numbers that all processes of a scene share, whatever the submission is like.
struct Board {
  std::atomic<int> inside{0};
  std::atomic<int> overlaps{0};
  std::atomic<int> signals{0};
  std::atomic<int> called{0};  // so many are about to make the call in question
  std::atomic<int> passed{0};  // and so many have come back from it
  std::atomic<bool> open{false};
  volatile int number = 0;

  void Enter() {
    if (inside.fetch_add(1) != 0) ++overlaps;
  }
  void Leave() { --inside; }
};

inline Board& MakeBoard() {
  void* const memory = mmap(nullptr, sizeof(Board), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) Break("mmap");
  return *new (memory) Board;
}

// The letter of a process's state in /proc; Z if there is none.
inline char StateOf(pid_t process) {
  char text[512] = {};
  const std::string path = "/proc/" + std::to_string(process) + "/stat";
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file == -1) return 'Z';
  const ssize_t size = read(file, text, sizeof text - 1);
  close(file);
  const char* const name_end = size > 0 ? std::strrchr(text, ')') : nullptr;
  return name_end != nullptr ? name_end[2] : 'Z';
}

inline void Rest() {
  const timespec moment{0, 300'000};
  nanosleep(&moment, nullptr);
}

// Looks until `called` processes have come to their calls and these sleep; one that is dead counts as both. Gives up
// after a while: what never sleeps is judged elsewhere.
inline void AwaitSleep(const Board& board, int called, const std::vector<pid_t>& processes) {
  constexpr int kLooks = 5000;
  int asleep = 0;
  for (int look = 0; look < kLooks && asleep < 2; ++look) {  // twice: it may sleep for a moment on its way
    Rest();
    bool all_asleep = true;
    int dead = 0;
    for (const pid_t process : processes) {
      const char state = StateOf(process);
      all_asleep = all_asleep && (state == 'S' || state == 'Z');
      if (state == 'Z') ++dead;
    }
    asleep = all_asleep && board.called + dead >= called ? asleep + 1 : 0;
  }
}

// Looks until the process has given itself a name that begins so, or is gone.
inline void AwaitName(pid_t process, const std::string& name) {
  const std::string path = "/proc/" + std::to_string(process) + "/comm";
  for (bool named = false; !named && StateOf(process) != 'Z'; Rest()) {
    char text[32] = {};
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file == -1) return;
    named = read(file, text, sizeof text - 1) > 0 && std::string(text).starts_with(name);
    close(file);
  }
}

// Returns in so many processes at about the same time.
inline void StartTogether(Board& board, int processes) {
  ++board.called;
  for (int look = 0; look < 100'000 && board.called < processes; ++look) sched_yield();
}

inline Nanoseconds Now() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return std::chrono::seconds(now.tv_sec) + Nanoseconds(now.tv_nsec);
}

inline const char* InWords(bool truth) { return truth ? "true" : "false"; }
inline int Number(const std::string& word) { return static_cast<int>(std::strtol(word.c_str(), nullptr, 10)); }

// Ends this process at once.
[[noreturn]] inline void Die(const std::string& how) {
  if (how == "kill") raise(SIGKILL);
  if (how == "terminate") raise(SIGTERM);
  if (how == "abort") std::abort();
  if (how == "exit") std::exit(0);
  _exit(0);
}

// The stretch in which the grader may disturb this process: it ends with the object. It is to be short: what it needs
// is prepared before.
class Stretch {
 public:
  explicit Stretch(const char* mark) : end_(std::string(mark) + ".") { prctl(PR_SET_NAME, mark); }
  Stretch(const Stretch&) = delete;
  Stretch& operator=(const Stretch&) = delete;
  ~Stretch() { prctl(PR_SET_NAME, end_.c_str()); }

 private:
  const std::string end_;
};

}  // namespace stage
