#pragma once

namespace grader::cli {

// "0.1.0"
extern const char* const kVersion;

}  // namespace grader::cli
