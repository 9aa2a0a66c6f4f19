// Processor time: one thread computes, and what the others took meanwhile is told. Those who sleep take none, on an
// idle machine and on a busy one.
#pragma once

#include <time.h>

#include <chrono>

#include "words.h"

namespace driver {

inline std::chrono::nanoseconds Taken(clockid_t clock) {
  timespec time{};
  ::clock_gettime(clock, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

// Tells "effort OWN OTHERS", in microseconds.
inline void ComputeFor(std::chrono::milliseconds effort) {
  const auto all_before = Taken(CLOCK_PROCESS_CPUTIME_ID);
  const auto own_before = Taken(CLOCK_THREAD_CPUTIME_ID);
  std::chrono::nanoseconds own{};
  while (own < effort) own = Taken(CLOCK_THREAD_CPUTIME_ID) - own_before;
  const auto others = Taken(CLOCK_PROCESS_CPUTIME_ID) - all_before - own;
  Tell("effort", std::to_string(own.count() / 1000) + " " + std::to_string(others.count() / 1000));
}

}  // namespace driver
