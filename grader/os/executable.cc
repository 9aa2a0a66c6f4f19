#include "grader/os/executable.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace grader::os {
namespace {

// Linux 6.3 and later want it said (memfd_create(2)); before, all could be executed.
constexpr unsigned kExecutable = 0x0010U;

int MakeMemoryFile(const char* name) {
  const int fd = ::memfd_create(name, MFD_CLOEXEC | kExecutable);
  return fd >= 0 || errno != EINVAL ? fd : ::memfd_create(name, MFD_CLOEXEC);
}

}  // namespace

Fd MakeExecutable(const char* name, std::span<const std::byte> content) {
  Fd file(MakeMemoryFile(name));
  if (!file) ThrowErrno("memfd_create");
  while (!content.empty()) {
    const ssize_t wrote = ::write(file.get(), content.data(), content.size());
    if (wrote < 0 && errno != EINTR) ThrowErrno("write to a memory file");
    if (wrote > 0) content = content.subspan(static_cast<std::size_t>(wrote));
  }
  return file;
}

Errno Execute(int executable, const char* name, const char* argument) noexcept {
  char* const arguments[] = {const_cast<char*>(name), const_cast<char*>(argument), nullptr};
  char* const environment[] = {nullptr};
  ::execveat(executable, "", arguments, environment, AT_EMPTY_PATH);
  return errno;
}

}  // namespace grader::os
