#pragma once

#include <cstdint>
#include <string>

#include "grader/report/grading.h"

namespace grader::batch {

// What a verdict depends on, beside luck that a grader must not need.
struct ResultKey {
  std::string fingerprint;  // of the submission
  std::string version;      // of lab and grader
};

// One grading, as it is kept.
struct StoredResult {
  std::uint64_t seed = 0;
  double points = 0;
  double total = 0;
  bool fault = false;  // of the grader or the machine: not final
  int attempts = 1;
  std::string json;   // for instructors: students see less of it (report::Redacted)
  std::string junit;  // the student's
  std::string text;
};

// `attempts`: how many gradings it took.
StoredResult ResultOf(const report::Grading& grading, int attempts);

}  // namespace grader::batch
