#pragma once

#include <cstdint>
#include <string>

namespace grader::cli {

// What a failure of a lab's check under the controlled scheduler is named by: "Event.WakesEveryWaiter@4711/1.…".
struct ReplayToken {
  std::string check;       // its id
  std::uint64_t seed = 0;  // of the grading's inputs
  std::string schedule;    // for Assignment::replay
};

// Throws UsageError.
ReplayToken ParseReplayToken(const std::string& text);

}  // namespace grader::cli
