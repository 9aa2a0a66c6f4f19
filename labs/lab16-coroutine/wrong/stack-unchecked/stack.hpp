// Memory for a stack, with a page below it that nobody may touch. Pages cost memory once they are used.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <new>
#include <utility>

class Stack {
 public:
  Stack() = default;
  explicit Stack(std::size_t size) : mapped_(size + kGuard) {
    start_ = ::mmap(nullptr, mapped_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    ::mprotect(start_, kGuard, PROT_NONE);
  }
  ~Stack() {
    if (start_ != MAP_FAILED) ::munmap(start_, mapped_);
  }
  Stack(Stack&& other) noexcept { *this = std::move(other); }
  Stack& operator=(Stack&& other) noexcept {
    std::swap(start_, other.start_);
    std::swap(mapped_, other.mapped_);
    return *this;
  }

  void* lowest() const { return static_cast<std::byte*>(start_) + kGuard; }
  std::size_t size() const { return mapped_ - kGuard; }

 private:
  static constexpr std::size_t kGuard = 4096;

  void* start_ = MAP_FAILED;
  std::size_t mapped_ = 0;
};
