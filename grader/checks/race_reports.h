#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace grader::checks {

// One of the two accesses of a race.
struct RacingAccess {
  std::string what;    // "a write of 4 bytes"
  std::string thread;  // "the main thread", "thread 2"
  std::string place;   // "server.h:94" in the student's code, innermost; empty if unknown
  std::string caller;  // the place that called it, if that is the student's too
  bool holds_mutex = false;
};

// A data race as ThreadSanitizer tells it.
struct RaceReport {
  RacingAccess now;
  RacingAccess before;
  std::string variable;  // "the variable lab::served", "memory allocated at room.h:20"; empty if unknown
};

// The races in what a program wrote to stderr, in which the student's own code is at both ends; those inside the
// libraries alone, and those of std::atomic<std::shared_ptr>, which libstdc++ 12 makes itself, are left out. What is
// cut off or is no report is passed over.
std::vector<RaceReport> ReadRaceReports(std::string_view text);

// Whether ThreadSanitizer could not begin, as where the machine places memory in a way it cannot use.
bool RaceDetectorFailed(std::string_view text);

}  // namespace grader::checks
