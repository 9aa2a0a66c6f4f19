// The student's heap: deterministic addresses, no reuse before much has been freed, and an answer to "what lies here?".
#pragma once

#include "grader/schedule/runtime/base.h"

namespace grader::schedule::runtime {

enum class BlockState : std::uint8_t { kNever, kLive, kFreed };

struct Block {
  Address start = 0;
  std::size_t size = 0;  // as asked for
  BlockState state = BlockState::kNever;
  ThreadNumber thread = kNoThread;  // who allocated it
  ThreadNumber freed_by = kNoThread;
  Spot allocated;
  Spot freed;
  std::uint64_t identity = 0;  // the same in each run in which this thread allocates as many blocks before
  Block* next_freed = nullptr;
};

// Room for size bytes, aligned to a power of two; null if there is none. It holds zeros unless it was used before.
Block* Allocate(std::size_t size, std::size_t alignment, const Spot& spot);

// The block whose room holds the address; null if none has ever been there.
Block* BlockAt(Address address);

// Marks a live block as freed. Its room is not used again before tens of megabytes have been freed after it.
void Release(Block& block, const Spot& spot);

}  // namespace grader::schedule::runtime
