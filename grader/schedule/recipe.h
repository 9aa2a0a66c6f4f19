#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "grader/schedule/protocol.h"

namespace grader::schedule {

// All that decides one schedule of a program with given arguments and input.
struct Recipe {
  Strategy strategy = Strategy::kFair;
  std::uint32_t options = 0;  // of Option, those that record apart
  std::uint64_t seed = 0;
  std::uint32_t depth = 3;
  std::vector<ThreadNumber> prefix = {};  // of kPrefix
  std::uint64_t sleepers = 0;             // of kPrefix, see Order
};

// "surw": as tokens and messages call it.
std::string NameOf(Strategy strategy);

// What else may happen in the run besides switches: "spurious wake-ups, early time-outs"; empty if nothing.
std::string DisturbancesOf(const Recipe& recipe);

}  // namespace grader::schedule
