// What the checks of this lab ask of a run: the facts that its driver tells, one "what = value" per line, and what
// became of the processes that it names.
#pragma once

#include <string>
#include <vector>

#include "grader/checks/vocabulary.h"

namespace grader::checks::lab04 {

struct Fact {
  std::string what;
  std::string value;
};

// The values of all lines about this, in their order.
std::vector<std::string> ValuesOf(const Observation& run, const std::string& what);

// The process whose pid is told as what; null if there is none.
const ProcessRecord* ProcessTold(const Observation& run, const std::string& what);

// The program went through its scenario: it ended by itself, with 0, and no call threw what it should not throw.
RunMatcher GoesThrough();

// Each fact is told exactly once, and with this value.
RunMatcher Tells(const std::vector<Fact>& facts);

// The process told as what was reaped by the process that started it.
RunMatcher Reaps(const std::string& what);

// It ended by itself with this code, and its parent reaped it.
RunMatcher Joins(const std::string& what, int code = 0);

// SIGKILL ended it, and its parent reaped it.
RunMatcher KillsAndReaps(const std::string& what);

class ProcessCheck : public LabCheck {
 protected:
  // A run of the driver; text is what it does, as a student would write it.
  Observation RunScenario(std::vector<std::string> args, std::string text, TraceLevel level = TraceLevel::kLifecycle);

  // The same, which goes through and tells these facts.
  Observation RunTelling(std::vector<std::string> args, std::string text, const std::vector<Fact>& facts);

  int Between(int low, int high) { return static_cast<int>(random().Integer(low, high)); }
};

}  // namespace grader::checks::lab04
