#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace grader::checks {

// Makes Python tell on stderr what it imports (python(1), PYTHONPROFILEIMPORTTIME): for RunOptions::environment.
inline constexpr const char* kTellImports = "PYTHONPROFILEIMPORTTIME=1";

// The first of these modules that Python said it has brought in, itself or a part of it.
std::optional<std::string> ImportedOf(std::string_view told, const std::vector<std::string>& modules);

}  // namespace grader::checks
