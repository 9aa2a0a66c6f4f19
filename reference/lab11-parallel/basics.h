// What every mode needs: numbers, lines, and what to do when a system call fails.
#pragma once

#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <string>
#include <system_error>

namespace lab {

// Arguments that do not fit.
struct UsageError {};

// Throws the error of the system call that has just failed.
[[noreturn]] inline void Fail(const char* call) { throw std::system_error(errno, std::generic_category(), call); }

inline int ParseInt(const std::string& text, int least, int most) {
  int number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || rest != end || number < least || number > most) throw UsageError{};
  return number;
}

}  // namespace lab
