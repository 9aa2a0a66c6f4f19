#pragma once

#include <string>
#include <string_view>

#include "grader/checks/result.h"

namespace grader::checks {

// One line of JSON without newline; any bytes in texts survive the trip.
std::string ToLine(const Event& event);

// The inverse. Throws std::invalid_argument naming what is wrong with the line.
Event FromLine(std::string_view line);

}  // namespace grader::checks
