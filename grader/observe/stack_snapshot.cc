#include "grader/observe/stack_snapshot.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

#include "grader/observe/task_memory.h"
#include "grader/os/fd.h"

namespace grader::observe {
namespace {

// Below the stack pointer a leaf function may keep values without moving it (System V ABI for AMD64, the red zone).
constexpr std::uint64_t kRedZone = 128;
// A program can make itself 65,530 mappings; its modules are among the first.
constexpr std::size_t kMostMaps = 256 * 1024;

MapsText ReadMaps(pid_t host_tid, const MapsText& previous) {
  const os::Fd file(open(("/proc/" + std::to_string(host_tid) + "/maps").c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return nullptr;
  std::string text;
  std::array<char, 16 * 1024> buffer;
  while (text.size() < kMostMaps) {
    const ssize_t n = read(file.get(), buffer.data(), buffer.size());
    if (n < 0) return nullptr;
    if (n == 0) break;
    text.append(buffer.data(), static_cast<std::size_t>(n));
  }
  if (text.empty()) return nullptr;
  if (previous && text == *previous) return previous;
  return std::make_shared<const std::string>(std::move(text));
}

}  // namespace

StackSnapshot CaptureStack(pid_t host_tid, const user_regs_struct& registers, const MapsText& previous) {
  StackSnapshot snapshot;
  snapshot.registers = registers;
  snapshot.start = registers.rsp - std::min<std::uint64_t>(registers.rsp, kRedZone);
  snapshot.bytes.resize(kStackBytes);
  snapshot.bytes.resize(ReadMemory(host_tid, snapshot.start, snapshot.bytes));
  snapshot.bytes.shrink_to_fit();

  snapshot.maps = ReadMaps(host_tid, previous);
  return snapshot;
}

}  // namespace grader::observe
