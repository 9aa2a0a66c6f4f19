#pragma once

#include <string>
#include <utility>
#include <vector>

namespace grader::report {

// Bytes a submission might print to break a report or to speak in the grader's name: each with a name.
std::vector<std::pair<std::string, std::string>> HostileTexts();

}  // namespace grader::report
