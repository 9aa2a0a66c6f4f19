// What one fair run has shown of the program; strategies choose their targets from it. It outlives the run: the server
// gives every later run the same one, so that an order alone fixes a schedule.
#pragma once

#include "grader/schedule/runtime/base.h"
#include "grader/schedule/runtime/shadow.h"

namespace grader::schedule::runtime {

inline constexpr std::size_t kMostTargets = 256;
inline constexpr std::size_t kMostPaths = 16;

// Something that several threads have met at.
struct Target {
  std::uint64_t identity = 0;
  std::uint32_t paths = 0;  // of threads
  std::uint32_t total = 0;
  std::uint64_t path[kMostPaths] = {};
  std::uint32_t events[kMostPaths] = {};  // how often that thread has met it
};

struct Profile {
  bool made = false;
  std::uint64_t length = 0;  // points
  std::uint32_t target_count = 0;
  Target targets[kMostTargets];
};

// In shared memory, so that the run that makes it can leave it behind.
extern Profile* profile;

// The run that is under way makes the profile.
extern bool profiling;

std::uint64_t ProfiledLength();
void CountForProfile(const Pending& pending);

}  // namespace grader::schedule::runtime
