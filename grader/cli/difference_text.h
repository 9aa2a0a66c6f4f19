#pragma once

#include <string>

#include "grader/batch/difference.h"

namespace grader::cli {

// "2 up, 1 down, 37 the same", with its line end.
std::string CountsText(const batch::Difference& difference);

// Which verdicts are not the same in all rounds, one line each; empty for one round.
std::string StabilityText(const batch::Difference& difference, int rounds);

// What `grade diff` prints: who goes up, down or flips, and the checks that are the reason, with old and new text.
std::string DifferenceText(const batch::Difference& difference, const batch::Regrade& regrade);

}  // namespace grader::cli
