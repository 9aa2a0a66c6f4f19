// fork pstate PID
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <optional>
#include <string>

#include "basics.h"
#include "pipe.h"

namespace lab {

// The whole file; none if there is no such process (any more).
inline std::optional<std::string> ReadStat(int pid) {
  const int descriptor = open(("/proc/" + std::to_string(pid) + "/stat").c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor == -1 && errno == ENOENT) return std::nullopt;
  if (descriptor == -1) Fail("open");
  const PipeEnd closes_it(descriptor);
  char text[4096];
  ssize_t size = 0;
  do {
    size = read(descriptor, text, sizeof text);
  } while (size == -1 && errno == EINTR);
  if (size == -1 && errno == ESRCH) return std::nullopt;
  if (size == -1) Fail("read");
  return std::string(text, static_cast<std::size_t>(size));
}

inline const char* StateName(char letter) {
  switch (letter) {
    case 'R':
      return "ready/running";
    case 'S':
      return "waiting";
    case 'T':
      return "stopped";
    case 'Z':
      return "zombie";
    default:
      return "unknown";
  }
}

inline int PState(int pid) {
  const std::optional<std::string> stat = ReadStat(pid);
  // "PID (name) LETTER …": the name may hold blanks and brackets, what comes after it holds no bracket (proc(5)).
  const std::size_t bracket = stat ? stat->rfind(')') : std::string::npos;
  if (bracket == std::string::npos || bracket + 2 >= stat->size()) {
    Write(STDERR_FILENO, "fork: no such process: " + std::to_string(pid) + '\n');
    return 1;
  }
  const char letter = (*stat)[bracket + 2];
  PrintLine(std::string(StateName(letter)) + ' ' + letter);
  return 0;
}

}  // namespace lab
