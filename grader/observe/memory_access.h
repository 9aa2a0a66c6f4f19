// Which memory an instruction is about to touch.
#pragma once

#include <sys/types.h>
#include <sys/user.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace grader::observe {

// What an instruction does to one place.
struct MemoryAccess {
  std::uint64_t address = 0;
  std::size_t size = 0;    // bytes
  bool divisible = false;  // reads and then writes it, not locked: another processor may write in between
};

// What the instruction in code reads and writes, when it is executed with these registers. Thread-local memory
// (segments FS and GS) is left out; what is no instruction touches nothing.
std::vector<MemoryAccess> AccessesOf(std::span<const std::byte> code, const user_regs_struct& registers);

// Of the next instruction of a stopped task, whose registers these are.
std::vector<MemoryAccess> NextAccessesOf(pid_t host_tid, const user_regs_struct& registers);

}  // namespace grader::observe
