#pragma once

#include <string>

#include "grader/schedule/scene.h"

namespace grader::schedule {

// The run as a table, a line for each step that others can notice and a column for each thread; what repeats on one
// line of source is told once. Bounded: of a long run the first steps and the last ones. Empty without steps.
std::string StepsTable(Scene& scene);

}  // namespace grader::schedule
