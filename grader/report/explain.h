// Sentences that more than one kind of report says.
#pragma once

#include <string>

#include "grader/report/grading.h"

namespace grader::report {

// Names one schedule of one check with its inputs, for --replay: "Event.WakesEveryWaiter@4711/1.…". Empty if the check
// did not fail under the controlled scheduler.
std::string ReplayToken(const Grading& grading, const GradedCheck& check);

// The command that shows this check's verdict again, with the same random inputs.
std::string ReplayCommand(const Grading& grading, const GradedCheck& check);

// One line, whatever the verdict: what happened, why it was skipped, what the fault was; never empty.
std::string Summary(const GradedCheck& check);

// What to look up or try: the check's hint, or that of its failure where the check's does not fit. Empty if it failed
// only because a program was not built.
std::string HintFor(const Grading& grading, const GradedCheck& check);

// All that is known about a check, a line for each thing, in plain text: what was run, expected, happened, the facts,
// where to look, some of what it printed, the hint, how to see it again.
std::string Explanation(const Grading& grading, const GradedCheck& check);

// Said with every fault of ours.
inline constexpr const char* kNotYourFault =
    "A fault of the grader or of this machine, not of your program; no points are lost.";

}  // namespace grader::report
