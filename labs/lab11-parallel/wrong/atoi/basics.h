// What every mode needs: numbers, lines, and what to do when a system call fails.
#pragma once

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

namespace lab {

// Arguments that do not fit.
struct UsageError {};

// Throws the error of the system call that has just failed.
[[noreturn]] inline void Fail(const char* call) { throw std::system_error(errno, std::generic_category(), call); }

inline int ParseInt(const std::string& text, int least, int most) {
  const int number = std::atoi(text.c_str());
  if (number < least || number > most) return least;
  return number;
}

}  // namespace lab
