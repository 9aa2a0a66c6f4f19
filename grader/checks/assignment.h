#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "grader/build/builder.h"
#include "grader/sandbox/limits.h"

namespace grader::checks {

// What a lab's checks executable is asked to do. `grade` writes it as JSON to the executable's standard input.
struct Assignment {
  std::string lab;                    // "lab02-reap"
  std::filesystem::path submission;   // the student's folder, absolute
  std::filesystem::path lab_folder;   // labs/<id>, for quiz answers and probes
  std::filesystem::path cache;        // where builds are kept
  std::filesystem::path lender = {};  // whose builds may be used too (build::Builder); empty: nobody's
  std::vector<build::Target> programs;
  std::filesystem::path runtime = {};  // of the controlled scheduler, for programs that a check puts under it
  sandbox::Limits limits;              // of each run
  std::uint64_t seed = 0;
  int attempt = 0;                // of checks that make many attempts, only this one, from 1; 0: all
  std::string replay = {};        // a token of a failure under the scheduler: only that schedule; empty: none
  std::vector<std::string> only;  // ids or gtest-style patterns; empty: all
  int jobs = 1;                   // checks that may run at one time
};

// JSON, and back; the latter throws std::invalid_argument naming the field.
std::string ToJson(const Assignment& assignment);
Assignment AssignmentFromJson(const std::string& json);

}  // namespace grader::checks
