// What a student would read of a matcher's refusal.
#pragma once

#include <gmock/gmock.h>

#include <string>

#include "grader/checks/failure_text.h"

namespace grader::checks::testing {

inline std::string AsText(const Failure& failure) {
  std::string text = "expected: " + failure.expected + "\nhappened: " + failure.happened;
  for (const auto& fact : failure.facts) text += "\n- " + fact;
  if (!failure.run.empty()) text += "\nrun: " + failure.run;
  if (!failure.location.empty()) text += "\nat: " + failure.location;
  return text;
}

// Empty if value satisfies matcher.
template <typename T>
std::string Told(const ::testing::Matcher<const T&>& matcher, const T& value) {
  ::testing::StringMatchResultListener listener;
  if (matcher.MatchAndExplain(value, &listener)) return {};
  std::string text;
  for (const auto& shown : DecodeFailures(listener.str())) text += (text.empty() ? "" : "\n\n") + AsText(shown.failure);
  return text;
}

}  // namespace grader::checks::testing
