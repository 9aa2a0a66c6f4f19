// Accesses to memory: the happens-before race detector (after FastTrack, with the rules of C++), and uses of what is
// not, or no more, allocated.
#pragma once

#include "grader/schedule/runtime/base.h"
#include "grader/schedule/runtime/shadow.h"

namespace grader::schedule::runtime {

// The current thread is about to access size bytes. Lets others run first where that may matter.
void Visit(Address address, std::size_t size, std::uint8_t flags, Pc pc);

// The same without letting anybody run: for atomics, which have their own point, and for freeing.
void Check(Address address, std::size_t size, std::uint8_t flags, const Spot& spot);

// The block is about to be freed, which is like writing to all of it.
void CheckFreed(Address address, std::size_t size, const Spot& spot);

// Ends the run if the bytes are on the heap but not in a live block.
void CheckAllocated(Address address, std::size_t size, std::uint8_t flags, const Spot& spot);

}  // namespace grader::schedule::runtime
