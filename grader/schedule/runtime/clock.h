// Vector clocks: what a thread, or the last release of an object, knows of each thread.
#pragma once

#include "grader/schedule/runtime/base.h"

namespace grader::schedule::runtime {

// Each thread alive, or ended and not joined, has a slot; later threads reuse it, and go on counting.
using Slot = std::uint32_t;
using Epoch = std::uint32_t;

struct Clock {
  Epoch at[kMostThreads];
};

// How many slots have ever been in use; beyond them all clocks are 0.
extern Slot slot_count;

inline void Join(Clock& clock, const Clock& other) {
  for (Slot slot = 0; slot < slot_count; ++slot) {
    if (other.at[slot] > clock.at[slot]) clock.at[slot] = other.at[slot];
  }
}

inline void Copy(Clock& clock, const Clock& other) {
  for (Slot slot = 0; slot < slot_count; ++slot) clock.at[slot] = other.at[slot];
}

inline void Clear(Clock& clock) {
  for (Slot slot = 0; slot < slot_count; ++slot) clock.at[slot] = 0;
}

}  // namespace grader::schedule::runtime
