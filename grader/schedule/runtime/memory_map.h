// Where everything lies: at addresses that are the same in every run, whatever the kernel's randomisation.
#pragma once

#include "grader/schedule/runtime/base.h"

namespace grader::schedule::runtime {

inline constexpr Address kHeapBase = 0x200000000000;
inline constexpr std::size_t kHeapSize = std::size_t{4} << 30;
inline constexpr Address kStackBase = 0x280000000000;
inline constexpr std::size_t kStackSize = std::size_t{8} << 20;     // what most systems give a thread
inline constexpr std::size_t kStackStride = std::size_t{16} << 20;  // between stacks: nothing lies in the gap
inline constexpr Address kOwnBase = 0x300000000000;
inline constexpr std::size_t kOwnSize = std::size_t{4} << 30;

inline bool InHeap(Address address) { return address - kHeapBase < kHeapSize; }

// Maps zeroed memory at exactly that address, or ends the process.
void MapAt(Address address, std::size_t size);

// Memory of the runtime, zeroed, aligned to 16. Never given back: a run is short.
void* OwnMemory(std::size_t size);

template <typename T>
T* New(std::size_t count = 1) {
  return static_cast<T*>(OwnMemory(sizeof(T) * count));
}

}  // namespace grader::schedule::runtime
