#include "grader/os/fd.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "grader/os/errno.h"

namespace grader::os {

Fd& Fd::operator=(Fd&& other) noexcept {
  if (this != &other) {
    Close();
    fd_ = std::exchange(other.fd_, -1);
  }
  return *this;
}

void Fd::Close() {
  if (fd_ < 0) return;
  const int saved = errno;
  ::close(std::exchange(fd_, -1));
  errno = saved;
}

Pipe MakePipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) ThrowErrno("pipe2");
  return {Fd(ends[0]), Fd(ends[1])};
}

void SetNonBlocking(const Fd& fd) {
  const int flags = ::fcntl(fd.get(), F_GETFL);
  if (flags < 0 || ::fcntl(fd.get(), F_SETFL, flags | O_NONBLOCK) != 0) ThrowErrno("fcntl O_NONBLOCK");
}

bool HasBytes(const Fd& fd) noexcept {
  int bytes = 0;
  return ::ioctl(fd.get(), FIONREAD, &bytes) == 0 && bytes > 0;
}

bool HasRoom(const Fd& fd) noexcept {
  pollfd writable{fd.get(), POLLOUT, 0};
  return ::poll(&writable, 1, 0) == 1;
}

void ResizePipe(const Fd& pipe, int bytes) noexcept { static_cast<void>(::fcntl(pipe.get(), F_SETPIPE_SZ, bytes)); }

void GiveTo(const Fd& fd, uid_t user, gid_t group) {
  if (::fchown(fd.get(), user, group) != 0) ThrowErrno("fchown");
}

Errno Redirect(int from, int to) noexcept {
  // dup3(2) refuses equal numbers and dup2(2) leaves their close-on-exec flag as it is.
  if (from == to) return ::fcntl(to, F_SETFD, 0) == 0 ? 0 : errno;
  while (::dup2(from, to) < 0) {
    if (errno != EINTR && errno != EBUSY) return errno;
  }
  return 0;
}

Errno CloseFrom(int first) noexcept { return ::close_range(static_cast<unsigned>(first), ~0U, 0) == 0 ? 0 : errno; }

}  // namespace grader::os
