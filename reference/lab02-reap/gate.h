// Pipes to wait at, and to learn a pid from.
#pragma once

#include <fcntl.h>
#include <unistd.h>

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
  int descriptor() const { return descriptor_; }

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

// Where processes wait for the program. It opens when the last writing end is closed, so also if the program dies.
class Gate {
 public:
  void Open() { pipe_.write_end.Close(); }

  // For those who wait here, before anything else: a copy of the writing end of their own would keep the gate shut.
  void LetGo() { pipe_.write_end.Close(); }

  // Sleeps until the gate opens.
  void Wait() const {
    char nothing = 0;
    while (read(pipe_.read_end.descriptor(), &nothing, 1) == -1) {
      if (errno != EINTR) Fail("read");
    }
  }

 private:
  Pipe pipe_;
};

// How a process that is nobody's child here tells the program its pid.
class Introduction {
 public:
  void Send() const {
    const pid_t self = getpid();
    Write(pipe_.write_end.descriptor(), {reinterpret_cast<const char*>(&self), sizeof self});
  }

  // Sleeps until the pid is there. Fails if all who could have sent it have ended.
  pid_t Receive() {
    pipe_.write_end.Close();
    pid_t pid = 0;
    ssize_t size = 0;
    do {
      size = read(pipe_.read_end.descriptor(), &pid, sizeof pid);  // whole: it was one small write
    } while (size == -1 && errno == EINTR);
    if (size == -1) Fail("read");
    if (size == 0) throw std::system_error(ECHILD, std::generic_category(), "no grandchild");
    return pid;
  }

 private:
  Pipe pipe_;
};

}  // namespace lab
