// Words that every file of the runtime uses.
//
// The runtime is a shared library that a student's program, compiled for the thread sanitizer, is linked with in place
// of libtsan. All of the program's threads take turns on one kernel thread ("fibers"; where the processor or kernel
// does not allow that, on their own kernel threads, one at a time). At each operation on something shared,
// Scheduler::Point() lets the strategy of the order choose who goes on. So no file here needs locks or atomics, and all
// state is global: there is one program, and one thread of it running.
//
// Nothing in here allocates from the heap, which belongs to the student, or calls what it interposes.
#pragma once

#include <cstddef>
#include <cstdint>

#include "grader/schedule/protocol.h"

#define GRADE_INTERPOSE extern "C" __attribute__((visibility("default")))

// Where the student's code called the interposed function.
#define GRADE_CALLER (reinterpret_cast<Pc>(__builtin_return_address(0)))

namespace grader::schedule::runtime {

using Address = std::uintptr_t;
using Nanoseconds = std::uint64_t;

// Number of a call chain, see contexts.h. 0: no caller known.
using Context = std::uint32_t;

// A place in the student's code, with the calls that led to it.
struct Spot {
  Pc pc = 0;
  Context context = 0;
};

inline Address AddressOf(const volatile void* pointer) { return reinterpret_cast<Address>(pointer); }

// FNV with a shift, so that all bits reach all bits.
inline void Mix(std::uint64_t& hash, std::uint64_t value) {
  hash = (hash ^ value) * 1099511628211ull;
  hash ^= hash >> 29;
}

}  // namespace grader::schedule::runtime
