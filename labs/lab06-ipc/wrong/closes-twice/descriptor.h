// Descriptors that are closed when they go.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace ipc {

[[noreturn]] inline void Fail(const char* call) { throw std::system_error(errno, std::generic_category(), call); }

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number), open_(true) {}
  Descriptor(Descriptor&& other) noexcept
      : number_(std::exchange(other.number_, -1)), open_(std::exchange(other.open_, false)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    if (this == &other) return *this;
    Close();
    number_ = std::exchange(other.number_, -1);
    open_ = std::exchange(other.open_, false);
    return *this;
  }
  ~Descriptor() { ::close(number_); }

  bool open() const { return open_; }
  int get() const { return number_; }
  void Close() {
    if (std::exchange(open_, false)) ::close(number_);
  }

 private:
  int number_ = -1;
  bool open_ = false;
};

// Both ends of a pipe(7). Nothing waits in it: a call that would have to fails with EAGAIN.
struct PipeEnds {
  explicit PipeEnds(int flags) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK | flags) == -1) Fail("pipe2");
    reader = Descriptor(ends[0]);
    writer = Descriptor(ends[1]);
  }
  void Close() {
    reader.Close();
    writer.Close();
  }

  Descriptor reader;
  Descriptor writer;
};

}  // namespace ipc
