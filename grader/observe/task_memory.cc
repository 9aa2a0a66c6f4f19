#include "grader/observe/task_memory.h"

#include <fcntl.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <string>
#include <vector>

#include "grader/os/fd.h"

namespace grader::observe {
namespace {

// Where the grader inspects as another file owner (os::ActingAsFileOwner): that is what /proc asks for, and not what
// process_vm_readv(2) does.
os::Fd OpenMemory(pid_t host_tid, int mode) {
  return os::Fd(open(("/proc/" + std::to_string(host_tid) + "/mem").c_str(), mode | O_CLOEXEC));
}

std::size_t ReadMemoryFile(pid_t host_tid, std::uint64_t address, std::span<std::byte> into) {
  const os::Fd memory = OpenMemory(host_tid, O_RDONLY);
  if (!memory) return 0;
  const ssize_t n = pread(memory.get(), into.data(), into.size(), static_cast<off_t>(address));
  return n < 0 ? 0 : static_cast<std::size_t>(n);
}

}  // namespace

std::size_t ReadMemory(pid_t host_tid, std::uint64_t address, std::span<std::byte> into) {
  // One element per page: the kernel promises partial results only at the boundaries of elements.
  constexpr std::uint64_t kPage = 4096;
  std::vector<iovec> pages;
  for (std::uint64_t at = address, end = address + into.size(); at < end;) {
    const std::uint64_t next = std::min(end, (at / kPage + 1) * kPage);
    pages.push_back({reinterpret_cast<void*>(at), static_cast<std::size_t>(next - at)});
    at = next;
  }
  const iovec local{into.data(), into.size()};
  const std::size_t count = std::min<std::size_t>(pages.size(), IOV_MAX);
  const ssize_t n = process_vm_readv(host_tid, &local, 1, pages.data(), count, 0);
  if (n < 0 && errno == EPERM) return ReadMemoryFile(host_tid, address, into);
  return n < 0 ? 0 : static_cast<std::size_t>(n);
}

void WriteMemory(pid_t host_tid, std::uint64_t address, std::span<const std::byte> bytes) {
  const iovec local{const_cast<std::byte*>(bytes.data()), bytes.size()};
  const iovec remote{reinterpret_cast<void*>(address), bytes.size()};
  if (process_vm_writev(host_tid, &local, 1, &remote, 1, 0) >= 0 || errno != EPERM) return;
  const os::Fd memory = OpenMemory(host_tid, O_WRONLY);
  if (!memory) return;
  static_cast<void>(!pwrite(memory.get(), bytes.data(), bytes.size(), static_cast<off_t>(address)));
}

}  // namespace grader::observe
