// What the checks of this lab have in common.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "grader/checks/thread_lab_check.h"

namespace grader::checks::lab09 {

// What the driver prints behind the line of a timed call: it may depend on what that call said.
struct Afterwards {
  std::vector<std::string> if_true;
  std::vector<std::string> if_false;
};

class SyncCheck : public ThreadLabCheck {
 protected:
  // Nobody lets the call go on in time.
  void ExpectTimesOut(Scene scene, const TimedCall& call, const std::vector<std::string>& rest);

  // Somebody does at moments, and is gone again: the call may seize the chance, or not.
  void ExpectTimesOutAtMost(Scene scene, const TimedCall& call, const std::vector<std::string>& rest);

  // What it waits for comes about when the time is up.
  void ExpectTrueInTime(Scene scene, const TimedCall& call, const Afterwards& afterwards);

  // Threads that wait sleep.
  void ExpectSleepers(const std::string& name, const std::string& scenario);
};

}  // namespace grader::checks::lab09
