// What a lab's checks executable tells `grade`, as data. Verdict words are made in grader/report.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "grader/checks/timeline.h"

namespace grader::checks {

enum class Visibility { kVisible, kHidden };

// A check as declared at registration.
struct CheckInfo {
  std::string id;     // "Reap.LeavesNoZombieInABurst": unique in its lab
  std::string title;  // "leaves no zombie in a burst": from the name, or given
  double points = 0;
  std::string hint;
  Visibility visibility = Visibility::kVisible;
  std::vector<std::string> needs;  // ids of checks that must pass first
  std::string file;                // of the check's source, relative to the repository
  int line = 0;
};

enum class CheckStatus { kPassed, kFailed, kSkipped, kFault };

// One thing that was not as expected; all text is for students, one or more lines, unescaped bytes.
struct Failure {
  std::string expected;
  std::string happened;
  std::vector<std::string> facts;  // "process 7 (forked at reap.cpp:31) ended after 12 ms and was never waited for"
  std::string run;                 // the command line that showed it: "reap nohang 50"
  std::string location;            // "reap.cpp:31" of the submission, if known
  std::string hint = {};           // instead of the check's, which does not fit; empty if it does
};

// What was sent to a program and did it harm, so that students can send it themselves. No part of an expected value.
struct Sent {
  std::string bytes;
  std::string command;  // sends a file whose name is put behind it: "nc -N 127.0.0.1 8000 <"
};

struct CheckResult {
  std::string id;
  CheckStatus status = CheckStatus::kPassed;
  double points = 0;  // earned
  std::vector<Failure> failures;
  std::string reason;  // why skipped, or what the fault was
  std::string output;  // head and tail of what the submission printed in the failing run
  std::chrono::milliseconds took{0};
  int attempt = 0;  // of a failed check that makes many attempts (schedules, moments), the one; 0: no such check
  // Of a check under the controlled scheduler (grader/schedule):
  std::string bound;       // of a passed one, what the search is worth: "no failure in 1,000 schedules: ..."
  std::string replay;      // of a failed one, the token of the schedule that showed it, without check and seed
  std::string steps;       // of a failed one, that schedule as a table, a column for each thread
  Timeline timeline = {};  // of a failed one, the run that showed it; without lanes if there is none to show
  Sent sent = {};          // of a failed one; empty if nothing of the kind
};

struct BuildReport {
  std::string program;
  bool ok = false;
  bool cached = false;
  std::string summary;
  std::string messages;
  std::chrono::milliseconds took{0};
};

// Sent first: all checks that count, also those that a filter leaves out.
struct Started {
  std::string lab;  // "lab02-reap"
  std::uint64_t seed = 0;
  std::string isolation;  // "full"
  std::vector<CheckInfo> checks;
};
struct CheckStarted {
  std::string id;
};
struct Finished {};  // sent last; its absence means the executable died: a grader fault
// The checks executable itself could not go on.
struct Fault {
  std::string what;
};

using Event = std::variant<Started, BuildReport, CheckStarted, CheckResult, Fault, Finished>;

}  // namespace grader::checks
