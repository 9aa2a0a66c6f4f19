#pragma once

#include <string>
#include <vector>

#include "grader/lms/sources.h"

namespace grader::lms {

// C++ with its comments blanked, line by line; strings, characters and raw strings are left as they are.
std::string WithoutComments(const std::string& text);

// What a student added to what was given: the source with all lines blanked that it has, in the same order, from the
// given file of its name, or else from all of them. How a line is indented does not matter. Lines keep their numbers.
Source OwnPartOf(Source source, const std::vector<Source>& given);

}  // namespace grader::lms
