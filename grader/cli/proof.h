// What check-labs proves of a lab: that its checks judge known submissions as they deserve.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/course/lab.h"
#include "grader/course/variant.h"
#include "grader/report/grading.h"

namespace grader::cli {

// What a submission must get. kFullMarks: all points. kNotFullMarks: it builds, and fails something. kNamedFailures: it
// builds, and fails the checks its variant names, and no others.
enum class Expectation { kFullMarks, kNotFullMarks, kNamedFailures };

inline constexpr const char* kReference = "reference";  // the name of its case

// One submission with a known verdict.
struct ProofCase {
  std::string name;            // "reference", "skeleton", "right/python", "wrong/leaves-zombies"
  std::filesystem::path base;  // reference or skeleton
  course::Variant variant;     // laid over the base; nothing for reference and skeleton themselves
  Expectation expectation = Expectation::kFullMarks;
};

// All of a lab: reference, skeleton, right and wrong variants. Throws CourseError, also if there is no reference or
// skeleton.
std::vector<ProofCase> ProofCasesOf(const course::Lab& lab);

// Leaves out wrong variants until hardly more are left than it takes for each check that some variant must fail to be
// failed by one; all other cases stay, and so does the order. Each next variant is the one that fails most checks that
// none has failed yet (the greedy set cover).
std::vector<ProofCase> OncePerCheck(std::vector<ProofCase> cases);

// Puts the submission's files into `folder`, which exists. Throws std::filesystem::filesystem_error.
void LayOut(const ProofCase& one, const std::filesystem::path& folder);

// How the grading differs from what the submission deserves, one line each; none if it does not.
std::vector<std::string> Violations(const ProofCase& one, const report::Grading& grading);

}  // namespace grader::cli
