#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "grader/os/bytes.h"

namespace grader::course {

// "10s", "250ms", "2min", "1h": a whole number and its unit, more than nothing. Empty if text is none of these or too
// large.
std::optional<std::chrono::milliseconds> ParseDuration(std::string_view text);

// "512MiB", "64KiB", "2GiB": likewise.
std::optional<os::Bytes> ParseBytes(std::string_view text);

}  // namespace grader::course
