#include "grader/observe/task_memory.h"

#include <sys/uio.h>

#include <algorithm>
#include <climits>
#include <vector>

namespace grader::observe {

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
  return n < 0 ? 0 : static_cast<std::size_t>(n);
}

void WriteMemory(pid_t host_tid, std::uint64_t address, std::span<const std::byte> bytes) {
  const iovec local{const_cast<std::byte*>(bytes.data()), bytes.size()};
  const iovec remote{reinterpret_cast<void*>(address), bytes.size()};
  static_cast<void>(process_vm_writev(host_tid, &local, 1, &remote, 1, 0));
}

}  // namespace grader::observe
