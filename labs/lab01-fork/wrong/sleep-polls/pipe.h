// A pipe that closes itself.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <optional>
#include <utility>

#include "basics.h"

namespace lab {

// One end of a pipe, closed when it goes.
class PipeEnd {
 public:
  explicit PipeEnd(int descriptor) : descriptor_(descriptor) {}
  PipeEnd(const PipeEnd&) = delete;
  PipeEnd& operator=(const PipeEnd&) = delete;
  ~PipeEnd() { Close(); }

  void Close() {
    if (descriptor_ != -1) close(std::exchange(descriptor_, -1));
  }
  void Put(char byte) const { Write(descriptor_, {&byte, 1}); }

  // Sleeps until there is a byte; none when every copy of the writing end is closed.
  std::optional<char> Get() const {
    char byte = 0;
    for (;;) {
      const ssize_t count = read(descriptor_, &byte, 1);
      if (count == 1) return byte;
      if (count == 0) return std::nullopt;
      if (errno != EINTR) Fail("read");
    }
  }

  // Looks without waiting.
  bool IsAtEnd() const {
    char byte = 0;
    fcntl(descriptor_, F_SETFL, O_NONBLOCK);
    return read(descriptor_, &byte, 1) == 0;
  }

 private:
  int descriptor_;
};

struct Pipe {
  Pipe() : Pipe(Open()) {}
  PipeEnd read_end;
  PipeEnd write_end;

 private:
  explicit Pipe(std::pair<int, int> ends) : read_end(ends.first), write_end(ends.second) {}
  static std::pair<int, int> Open() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) == -1) Fail("pipe2");
    return {ends[0], ends[1]};
  }
};

}  // namespace lab
