// A set-up as an ordered list of named steps.
#pragma once

#include <cstring>
#include <span>

#include "grader/os/unix_socket.h"
#include "grader/sandbox/launch_plan.h"

namespace grader::sandbox {

struct Step {
  const char* name;  // what a person reads when it fails: "mount /proc"
  os::Errno (*run)(const LaunchPlan& plan) noexcept;
};

struct StepFailure {
  const char* name = nullptr;  // null: none failed
  os::Errno error = 0;
};

// Runs the steps in order up to the first that fails.
inline StepFailure RunSteps(std::span<const Step> steps, const LaunchPlan& plan) noexcept {
  for (const Step& step : steps) {
    if (const os::Errno error = step.run(plan)) return {step.name, error};
  }
  return {};
}

// Tells the grader. Between fork and exec.
inline void ReportFailure(int notices, Report::Kind kind, const StepFailure& failure) noexcept {
  Report report;
  report.kind = kind;
  report.error = failure.error;
  std::strncpy(report.step, failure.name, sizeof report.step - 1);
  os::SendMessage(notices, BytesOf(report));
}

}  // namespace grader::sandbox
