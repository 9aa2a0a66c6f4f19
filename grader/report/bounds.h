// How much of a grading a report carries: GitLab reads files below 30 MB, PrairieLearn results below 1 MB.
#pragma once

#include "grader/os/bytes.h"
#include "grader/report/grading.h"

namespace grader::report {

inline constexpr os::Bytes kNameLimit = os::KiB(1);     // ids, titles, paths, commands
inline constexpr os::Bytes kTextLimit = os::KiB(8);     // what happened, a fact, a reason
inline constexpr os::Bytes kOutputLimit = os::KiB(32);  // what a submission or the compiler printed
inline constexpr os::Bytes kSentLimit =
    os::KiB(128);                                 // what did harm; more of it is left out, as half is worth nothing
inline constexpr std::size_t kFailureLimit = 10;  // of one check
inline constexpr std::size_t kFactLimit = 20;     // of one failure

// The same grading with every text cut to its limit, head and tail kept, and the number of what was left out said.
Grading WithBounds(Grading grading);

}  // namespace grader::report
