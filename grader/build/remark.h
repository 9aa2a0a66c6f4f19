#pragma once

#include <string_view>

namespace grader::build {

// How a line of BuildResult::messages begins that is ours, not the compiler's. Such lines come first, and are for the
// student also where all went well.
inline constexpr std::string_view kRemark = "note: ";

}  // namespace grader::build
