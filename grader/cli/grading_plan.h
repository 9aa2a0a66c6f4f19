#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "grader/cli/checks_run.h"
#include "grader/cli/installation.h"
#include "grader/cli/submission.h"
#include "grader/course/course.h"

namespace grader::cli {

// What one grading needs to be told besides the lab and the submission.
struct GradingWishes {
  std::filesystem::path cache;    // where builds are kept
  std::string command;            // what repeats the grading
  std::vector<std::string> only;  // ids or patterns of checks; empty: all
  std::uint64_t seed = 0;
  int jobs = 1;
  std::string replay = {};            // one schedule of the one check in only: the token's last part; empty: none
  std::filesystem::path lender = {};  // whose builds may be used too; empty: nobody's
  int attempt = 0;                    // of checks that make many attempts, only this one; 0: all
};

// Throws FaultError if the lab's checks are not built.
ChecksRun PlanGrading(const Installation& installation, const course::Course& course, const course::Lab& lab,
                      const Submission& submission, const GradingWishes& wishes);

// A fresh one.
std::uint64_t RandomSeed();

}  // namespace grader::cli
