#include "grader/os/files.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace grader::os {
namespace {

static_assert(kHere == AT_FDCWD);

ssize_t ReadAt(int fd, char* buffer, std::size_t size, off_t offset) {
  ssize_t got;
  do got = ::pread(fd, buffer, size, offset);
  while (got < 0 && errno == EINTR);
  return got;
}

}  // namespace

Fd OpenAt(int folder, const char* path, int flags) {
  const int fd = ::openat(folder, path, flags | O_CLOEXEC);
  if (fd < 0) ThrowErrno(path);
  return Fd(fd);
}

std::optional<std::string> ReadFileAt(int folder, const char* path) {
  const Fd file(::openat(folder, path, O_RDONLY | O_CLOEXEC));
  if (!file) return std::nullopt;
  return ReadAgain(file);
}

std::optional<std::string> ReadAgain(const Fd& file) {
  std::string text;
  char buffer[4096];
  for (;;) {
    const ssize_t got = ReadAt(file.get(), buffer, sizeof buffer, static_cast<off_t>(text.size()));
    if (got < 0) return std::nullopt;
    if (got == 0) return text;
    text.append(buffer, static_cast<std::size_t>(got));
  }
}

Errno WriteFileAt(int folder, const char* path, std::string_view text) noexcept {
  const int fd = ::openat(folder, path, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return errno;
  ssize_t wrote;
  do wrote = ::write(fd, text.data(), text.size());
  while (wrote < 0 && errno == EINTR);
  const Errno error = wrote < 0 ? errno : static_cast<std::size_t>(wrote) == text.size() ? 0 : EIO;
  ::close(fd);
  return error;
}

Fd OpenBeneath(const Fd& root, const char* path) {
  open_how how{};
  how.flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
  const long fd = ::syscall(SYS_openat2, root.get(), path, &how, sizeof how);
  if (fd < 0) ThrowErrno(path);
  return Fd(static_cast<int>(fd));
}

}  // namespace grader::os
