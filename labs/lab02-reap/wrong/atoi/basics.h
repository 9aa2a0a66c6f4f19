// What every subcommand needs: numbers, lines, children, and what to do when a system call fails.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <string_view>
#include <system_error>

namespace lab {

// Arguments that do not fit.
struct UsageError {};

// Throws the error of the system call that has just failed.
[[noreturn]] inline void Fail(const char* call) { throw std::system_error(errno, std::generic_category(), call); }

inline void Write(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor, bytes.data(), bytes.size());
    if (written == -1 && errno == EINTR) continue;
    if (written == -1) Fail("write");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

// One line, one write: a pipe never mixes it with another process's line, and nothing stays in a buffer that fork
// copies.
inline void PrintLine(const std::string& line) { Write(STDOUT_FILENO, line + '\n'); }

// Runs body and returns its result; a failed system call is reported and becomes 1.
template <typename Body>
inline int Guarded(Body body) {
  try {
    return body();
  } catch (const std::system_error& error) {
    const std::string line = std::string("reap: ") + error.what() + '\n';
    if (write(STDERR_FILENO, line.data(), line.size()) == -1) return 1;  // nobody left to tell
    return 1;
  }
}

// Starts a child that runs body and ends with its result, by _exit: it never runs its parent's code behind this call.
template <typename Body>
inline pid_t StartChild(Body body) {
  const pid_t child = fork();
  if (child == -1) Fail("fork");
  if (child == 0) _exit(Guarded(body));
  return child;
}

// Sleeps until child has ended, and reaps it; its status as waitpid(2) gives it.
inline int WaitFor(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) == -1) {
    if (errno != EINTR) Fail("waitpid");
  }
  return status;
}

inline int ParseInt(const std::string& text, int least, int most) {
  const int number = std::atoi(text.c_str());
  if (number < least || number > most) throw UsageError{};
  return number;
}

}  // namespace lab
