#pragma once

#include <string>
#include <vector>

#include "grader/checks/result.h"
#include "grader/checks/timeline.h"

namespace grader::checks {

// What a check leaves behind besides GoogleTest's own result.
struct CheckRecord {
  std::string skipped;  // the reason; empty if it was not skipped
  std::string fault;    // what went wrong with the grader; empty if nothing did
  int runs = 0;
  int attempt = 0;                  // the last schedule or moment that was tried, from 1; 0: none
  int attempts = 0;                 // how many there are, as far as the check went
  int explorations = 0;             // calls of Explore() so far
  bool replayed = false;            // the schedule of --replay was made again
  std::vector<std::string> bounds;  // of the explorations in which nothing was wrong
  std::string replay;               // which call of Explore() failed, and the token of its schedule
  std::string steps;                // of that schedule, as a table
  std::string last_run;             // its command line
  std::string last_output;          // what the submission printed in it
  Timeline last_timeline;           // what happened in it
  Sent sent;                        // what did it harm
};

}  // namespace grader::checks
