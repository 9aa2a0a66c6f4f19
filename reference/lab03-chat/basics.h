// What every part needs: descriptors that close themselves, and what to do when a system call fails.
#pragma once

#include <unistd.h>

#include <cerrno>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

namespace lab {

// Arguments that do not fit.
struct UsageError {};

// Throws the error of the system call that has just failed.
[[noreturn]] inline void Fail(const char* call) { throw std::system_error(errno, std::generic_category(), call); }

// Takes the first line, without its newline and a carriage return before that, off bytes, from which `searched` bytes
// are known to hold none; nothing if no line is whole.
inline std::optional<std::string> TakeLine(std::string& bytes, std::size_t searched) {
  const auto end = bytes.find('\n', searched);
  if (end == std::string::npos) return std::nullopt;
  std::string line = bytes.substr(0, end);
  bytes.erase(0, end + 1);
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

class Fd {
 public:
  Fd() = default;
  explicit Fd(int number) : number_(number) {}
  Fd(Fd&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Fd() {
    if (number_ != -1) close(number_);
  }

  int get() const { return number_; }
  explicit operator bool() const { return number_ != -1; }

 private:
  int number_ = -1;
};

}  // namespace lab
