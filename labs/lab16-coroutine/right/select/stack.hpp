// Memory for a stack, from the heap: large pieces come from mmap there, too.
#pragma once

#include <cstddef>
#include <memory>

class Stack {
 public:
  Stack() = default;
  explicit Stack(std::size_t size) : bytes_(new std::byte[size]), size_(size) {}

  void* lowest() const { return bytes_.get(); }
  std::size_t size() const { return size_; }

 private:
  std::unique_ptr<std::byte[]> bytes_;
  std::size_t size_ = 0;
};
