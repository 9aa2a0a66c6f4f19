// Between the two halves of an instruction.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace grader::observe {

// An instruction that reads memory and then writes it, like `add $1, (%rax)`, is one step for its own processor only:
// unless it is locked, others may write in between (Intel 64 manual, volume 3A, section 9.1). A task that is stopped
// before such an instruction can be held in the midst of it: what the instruction will read is remembered, and is put
// back before it is let go. The outcome is one that the hardware can have, too, if seldom.
class DividedInstruction {
 public:
  // No instruction: nothing is put back.
  DividedInstruction() = default;

  // The next instruction of a stopped task, as far as it reads and writes memory shared with other processes.
  static DividedInstruction NextOf(pid_t host_tid);

  // Whether it is such an instruction.
  explicit operator bool() const { return !read_.empty(); }

  // To be called before the task executes it.
  void PutBack(pid_t host_tid) const;

 private:
  struct Piece {
    std::uint64_t address = 0;
    std::vector<std::byte> bytes;
  };
  std::vector<Piece> read_;
};

}  // namespace grader::observe
