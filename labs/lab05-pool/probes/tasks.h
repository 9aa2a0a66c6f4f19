// The tasks: plain functions that workers call.
#pragma once

#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
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

// Goes on when its parent has died.
inline int OutliveParent(int task) {
  board->Begin(task);
  TellLine("begun " + std::to_string(task));
  pollfd parent{static_cast<int>(::syscall(SYS_pidfd_open, ::getppid(), 0)), POLLIN, 0};
  while (::poll(&parent, 1, -1) < 0 && errno == EINTR) continue;
  board->End(task);
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
  int count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) ++count;
  return count - 1;  // without the directory itself
}

}  // namespace driver
