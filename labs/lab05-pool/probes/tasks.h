// The tasks: plain functions that workers call.
#pragma once

#include <dirent.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <stdexcept>
#include <string>

#include "board.h"
#include "facts.h"

namespace driver {

inline long Scramble(int value, int salt) { return 31L * value + salt; }

inline std::string Shift(std::string text, int by) {
  for (char& letter : text) letter = static_cast<char>(letter + by);
  return text;
}

struct Point {
  int x = 0;
  double y = 0;
};
inline Point Mirror(Point point) { return {-point.x, -point.y}; }

inline int Number(int task) {
  board->Begin(task);
  board->End(task);
  return task;
}

// Goes on when the gate is opened.
inline int Held(int task) {
  board->Begin(task);
  board->gate.Pass();
  board->End(task);
  return task;
}

inline int OpenGate(int task, int count) {
  board->Begin(task);
  board->gate.Open(count);
  board->End(task);
  return task;
}

inline int MeetIn(int task, int room, int parties) {
  board->Begin(task);
  board->Meet(static_cast<std::size_t>(room), parties);
  board->End(task);
  return task;
}

inline void NoteVoid(int task) {
  board->Begin(task);
  board->End(task);
}

inline int SizeOf(std::string text) { return static_cast<int>(text.size()); }
inline std::string Repeat(int size, char letter) { return std::string(static_cast<std::size_t>(size), letter); }
inline int Pid() { return static_cast<int>(::getpid()); }

// Asleep for a while.
inline int Nap(int milliseconds) {
  timespec rest{milliseconds / 1000, (milliseconds % 1000) * 1'000'000L};
  while (::nanosleep(&rest, &rest) != 0) continue;
  return milliseconds;
}

// Throws ------------------------------------------------------------------------------------------------------------

struct Oddity : std::exception {
  explicit Oddity(int number) : text("oddity " + std::to_string(number)) {}
  const char* what() const noexcept override { return text.c_str(); }
  std::string text;
};

inline int ThrowText(std::string text) { throw std::runtime_error(text); }
inline int ThrowOddity(int number) { throw Oddity(number); }
inline void ThrowNumber(int number) { throw number; }

// Deaths ------------------------------------------------------------------------------------------------------------

enum class Death { kKill, kExit, kRawExit, kSegv, kAbort, kCount };

inline int Die(int task, Death how) {
  board->Begin(task);
  switch (how) {
    case Death::kKill:
      ::raise(SIGKILL);
      break;
    case Death::kExit:
      std::exit(0);
    case Death::kRawExit:
      ::_exit(3);
    case Death::kSegv:
      ::signal(SIGSEGV, SIG_DFL);
      ::raise(SIGSEGV);
      break;
    default:
      std::abort();
  }
  board->End(task);
  return task;
}

// When the gate is opened.
inline int DieLater(int task) {
  board->Begin(task);
  board->gate.Pass();
  ::raise(SIGKILL);
  return task;
}

// Makes the worker so large that its death takes a while.
inline int Fatten(int megabytes) {
  static std::string fat;
  fat.assign(static_cast<std::size_t>(megabytes) << 20, 'f');
  return Pid();
}

// A stretch of the worker's life: from this task to the worker's next.
inline bool in_stretch = false;

inline int MarkedNumber(int task) {
  board->Begin(task);
  board->End(task);
  in_stretch = true;
  ::prctl(PR_SET_NAME, "victim");
  return task;
}

inline int UnmarkedNumber(int task) {
  board->Begin(task);
  if (in_stretch) ::prctl(PR_SET_NAME, "victim.");
  in_stretch = false;
  board->End(task);
  return task;
}

inline int OpenPid(int pid) { return static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)); }

inline void AwaitEnd(int pidfd) {
  pollfd end{pidfd, POLLIN, 0};
  while (pidfd >= 0 && ::poll(&end, 1, -1) < 0 && errno == EINTR) continue;
}

// Goes on when its parent has died.
inline int OutliveParent(int task) {
  board->Begin(task);
  TellLine("begun " + std::to_string(task));
  AwaitEnd(OpenPid(::getppid()));
  board->End(task);
  return task;
}

// Held, until it is told which of the workers is chosen: that one goes on when all others have ended.
inline int OutliveOthers(int task) {
  board->pids.at(static_cast<std::size_t>(task)) = Pid();
  Held(task);
  if (Pid() != board->chosen) return task;
  TellLine("begun " + std::to_string(task));
  std::array<int, Board::kRooms> others{};
  for (std::size_t i = 0; i < others.size(); ++i) {
    const int pid = board->pids.at(i);
    others.at(i) = pid == 0 || pid == Pid() ? -1 : OpenPid(pid);
  }
  AwaitEnd(OpenPid(::getppid()));
  for (const int other : others) AwaitEnd(other);
  return task;
}

inline int IgnoreTermination(int task) {
  ::signal(SIGTERM, SIG_IGN);
  ::signal(SIGINT, SIG_IGN);
  ::signal(SIGHUP, SIG_IGN);
  return Held(task);
}

// Prints, without flushing ------------------------------------------------------------------------------------------

inline int PrintWithStdio(int task) {
  std::printf("task %d\n", task);
  return task;
}

inline int PrintWithStream(int task) {
  std::cout << "task " << task << '\n';
  return task;
}

inline int PrintAndThrow(int task) {
  std::printf("task %d\n", task);
  throw std::runtime_error("printed");
}

// Descriptors of the process that asks.
inline int OpenDescriptors() {
  int count = -3;  // itself, and the two dots
  DIR* const folder = ::opendir("/proc/self/fd");
  while (::readdir(folder) != nullptr) ++count;
  ::closedir(folder);
  return count;
}

}  // namespace driver
