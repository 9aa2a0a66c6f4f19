// Owned file descriptors: the only way the grader holds one.
#pragma once

#include <sys/types.h>

#include <utility>

#include "grader/os/errno.h"

namespace grader::os {

// Owns one open file descriptor, or none (-1). Move-only; closes on destruction.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept;
  ~Fd() { Close(); }

  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }

  // Gives up ownership; the caller closes.
  [[nodiscard]] int Release() { return std::exchange(fd_, -1); }

  // Closes now; errors are ignored (close(2) leaves the descriptor closed on Linux whatever it returns).
  void Close();

 private:
  int fd_ = -1;
};

struct Pipe {
  Fd read;
  Fd write;
};

// A pipe whose ends are close-on-exec (pipe2(2)). Throws std::system_error.
Pipe MakePipe();

// Throws std::system_error.
void SetNonBlocking(const Fd& fd);

// Whether a pipe or socket holds bytes that nobody has read yet (ioctl_tty(2), FIONREAD).
bool HasBytes(const Fd& fd) noexcept;

// Whether a pipe or socket takes some bytes now, or tells that nobody will ever read them (poll(2)).
bool HasRoom(const Fd& fd) noexcept;

// Lets a pipe hold so many bytes, at least a page, if it holds no more now (fcntl(2), F_SETPIPE_SZ).
void ResizePipe(const Fd& pipe, int bytes) noexcept;

// Changes the owner of the file, pipe or socket behind it (fchown(2)). Throws std::system_error.
void GiveTo(const Fd& fd, uid_t user, gid_t group);

// Makes `to` a copy of `from` that stays open over exec (dup2(2)). Between fork and exec.
Errno Redirect(int from, int to) noexcept;

// Closes every descriptor from `first` on (close_range(2)). Between fork and exec.
Errno CloseFrom(int first) noexcept;

}  // namespace grader::os
