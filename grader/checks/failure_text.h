// Failures on their way through GoogleTest, which knows only text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grader/checks/result.h"

namespace grader::checks {

// A failure with what the run that showed it had printed, and what happened in it.
struct ShownFailure {
  Failure failure;
  std::string output;
  Timeline timeline = {};
};

// A text that DecodeFailures() finds again inside any message of GoogleTest.
std::string EncodeFailure(const ShownFailure& shown);

// The failures in a message of GoogleTest: those encoded by our matchers, or else one made from the message itself,
// with no C++ expression, type or path in it. EXPECT_EQ(found, wanted) << "what it is" reads best.
std::vector<ShownFailure> DecodeFailures(std::string_view message);

}  // namespace grader::checks
