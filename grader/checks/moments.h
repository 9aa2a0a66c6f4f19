// How runs under a schedule or an intervention are chosen and told.
#pragma once

#include <string>
#include <vector>

#include "grader/observe/run.h"

namespace grader::checks {

// Moments 0 ... length, or `most` of them evenly spread, the first and the last among them. most is at least 2.
std::vector<int> Spread(int length, int most);

// The moments of a measured stretch to try, ascending: all of them, or at most `most`. Up to half of these are just
// before memory is touched that other processes have, too; half of what is left is spread over the program's own code,
// as that is where its faults are; and the rest over all. most is at least 4.
std::vector<int> Choose(const observe::Stretch& measured, int most);

// What a run is called: its scenario, and what the grader does in it. Empty if there is neither: its command line
// tells.
std::string TitleOf(std::string scenario, const observe::RunRequest& request);

}  // namespace grader::checks
