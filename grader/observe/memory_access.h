// Which memory an instruction is about to touch.
#pragma once

#include <sys/user.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace grader::observe {

constexpr std::size_t kLongestInstruction = 15;  // bytes; Intel 64 manual, volume 2, section 2.3.11

// The addresses that the instruction in code reads or writes, when it is executed with these registers. Thread-local
// memory (segments FS and GS) is left out; what is no instruction touches nothing.
std::vector<std::uint64_t> TouchedBy(std::span<const std::byte> code, const user_regs_struct& registers);

}  // namespace grader::observe
