// What the driver told, and how it is judged.
#pragma once

#include <string>
#include <vector>

#include "grader/checks/vocabulary.h"

namespace grader::checks::lab10 {

using Values = std::vector<std::string>;

std::string Text(std::int64_t number);

// The values that it told for this key, in their order; of a driver that did not come so far, fewer.
Values ValuesOf(const Observation& run, const std::string& key);

// What values are, for a student: {"seen", "total()", "total() is the sum at one moment"}.
struct Meaning {
  std::string key;
  std::string noun;  // of one value
  std::string expected;
};

// The program ended by itself, and told exactly these values.
RunMatcher Tells(Meaning meaning, Values values);

// The same, in any order.
RunMatcher TellsInAnyOrder(Meaning meaning, Values values);

// While one thread computed, those who waited for it took next to no processor time.
RunMatcher WaitsWithoutComputing();

class DeadlockCheck : public LabCheck {
 protected:
  // A run of the driver; scenario is what it does, as a student would write it.
  static RunOptions Doing(std::string scenario, Values args) {
    return {.args = std::move(args), .scenario = std::move(scenario)};
  }

  // The same scene under many orders of its threads' steps.
  void InEveryOrder(std::string scenario, Values args, const std::function<void(const Observation&)>& judge);

  int Between(int low, int high) { return static_cast<int>(random().Integer(low, high)); }
};

}  // namespace grader::checks::lab10
