#pragma once

#include <string>

#include "grader/observe/outcome.h"

namespace grader::checks {

// What to look for or try after a crash, a deadlock or a limit, whatever was being checked. Empty for an end that a
// check's own hint is about: the program ended by itself, or the check stopped it.
std::string HintOn(const observe::Outcome& outcome);

}  // namespace grader::checks
