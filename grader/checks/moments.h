// How runs under a schedule or an intervention are chosen and told.
#pragma once

#include <string>
#include <vector>

#include "grader/observe/run.h"

namespace grader::checks {

// Moments 0 ... length, or `most` of them evenly spread, the first and the last among them. most is at least 2.
std::vector<int> Spread(int length, int most);

// What a run is called: its scenario, and what the grader does in it. Empty if there is neither: its command line
// tells.
std::string TitleOf(std::string scenario, const observe::RunRequest& request);

}  // namespace grader::checks
