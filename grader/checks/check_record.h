#pragma once

#include <string>

namespace grader::checks {

// What a check leaves behind besides GoogleTest's own result.
struct CheckRecord {
  std::string skipped;  // the reason; empty if it was not skipped
  std::string fault;    // what went wrong with the grader; empty if nothing did
  int runs = 0;
  int attempt = 0;          // the last schedule or moment that was tried, from 1; 0: none
  int attempts = 0;         // how many there are, as far as the check went
  std::string last_run;     // its command line
  std::string last_output;  // what the submission printed in it
};

}  // namespace grader::checks
