// What every part needs: descriptors that close themselves, and what to do when a system call fails.
#pragma once

#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace lab {

// Arguments that do not fit.
struct UsageError {};

// Throws the error of the system call that has just failed.
[[noreturn]] inline void Fail(const char* call) { throw std::system_error(errno, std::generic_category(), call); }

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
