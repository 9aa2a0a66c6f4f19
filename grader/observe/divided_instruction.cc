#include "grader/observe/divided_instruction.h"

#include "grader/observe/mapped_ranges.h"
#include "grader/observe/memory_access.h"
#include "grader/observe/task_memory.h"
#include "grader/os/ptrace.h"

namespace grader::observe {

DividedInstruction DividedInstruction::NextOf(pid_t host_tid) {
  const auto registers = os::Registers(host_tid);
  if (!registers) return {};
  const auto shared = TaskRanges::Of(host_tid).shared;
  DividedInstruction divided;
  for (const MemoryAccess& access : NextAccessesOf(host_tid, *registers)) {
    if (!access.divisible || !shared.Contains(access.address)) continue;
    Piece piece{access.address, std::vector<std::byte>(access.size)};
    if (ReadMemory(host_tid, piece.address, piece.bytes) == piece.bytes.size()) {
      divided.read_.push_back(std::move(piece));
    }
  }
  return divided;
}

void DividedInstruction::PutBack(pid_t host_tid) const {
  for (const Piece& piece : read_) WriteMemory(host_tid, piece.address, piece.bytes);
}

}  // namespace grader::observe
