// What is special about life as a child: its input, its output, and its end.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <iostream>
#include <string>

namespace lab {

// Writes out what is buffered, so that fork copies none of it, and _exit loses none.
inline void FlushOutput() {
  std::cout.flush();
  std::cerr.flush();
  std::clog.flush();
  std::fflush(nullptr);
}

// dup2 before anything is closed: the file behind the parent's standard input is shared, and must not be moved.
inline void ReadFromDevNull() {
  const int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (null == -1 || null == STDIN_FILENO) return;
  dup2(null, STDIN_FILENO);
  close(null);
}

// One write, so that nobody's line comes between.
inline void TellException(const std::string& name, const char* what) {
  std::cerr << "Exception in process " + name + ": " + what + '\n';
}

// Runs body: 0, or 1 if an exception leaves it.
template <typename Body>
inline int ExitCodeOf(Body body, const std::string& name) {
  static_cast<void>(name);
  body();
  return 0;
}

}  // namespace lab
