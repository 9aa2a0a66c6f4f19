// Who used the processor when, and who slept (RunRequest::keep_processor_use).
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <vector>

#include "grader/observe/moment.h"

namespace grader::observe {

struct ThreadUse {
  int process = 0;                         // index
  pid_t tid = 0;                           // as seen inside
  std::chrono::microseconds cpu_time{0};   // since its birth
  std::chrono::microseconds wait_time{0};  // ready, and without a processor, since its birth
  std::uint64_t sleeps = 0;                // times it went to sleep by itself (getrusage(2), ru_nvcsw)
  bool asleep = false;                     // blocked at that moment, until something happens or a time has come
};

// A look at all living threads, every few milliseconds.
struct ProcessorSample {
  Moment at;
  std::vector<ThreadUse> threads;
};

// As many are kept, the first ones.
inline constexpr std::size_t kMostProcessorSamples = 20'000;

}  // namespace grader::observe
