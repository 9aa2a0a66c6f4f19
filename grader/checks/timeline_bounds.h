// Keeping a timeline within its bounds while it is made.
#pragma once

#include <string>
#include <string_view>

#include "grader/checks/timeline.h"

namespace grader::checks {

// At most kMostTimelineText bytes, cut at a character.
std::string ShortTimelineText(std::string_view text);

// Leaves out events from the middle until there are at most kMostTimelineEvents. Those that make a life stay (who
// begins, execs, ends, is reaped, fails); of the others twice as many last ones as first ones.
void BoundEvents(Timeline& timeline);

}  // namespace grader::checks
