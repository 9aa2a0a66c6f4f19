// What `grade explore` says.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "grader/report/style.h"

namespace grader::cli {

// One search, put into words.
struct ExploreText {
  bool found = false;
  std::string happened;  // what was found; else the bound
  std::vector<std::string> facts;
  std::string location;
  std::string hint;
  std::string printed;             // by the program in that run
  std::string steps;               // as a table; empty: not asked for
  std::string schedule;            // which one it was
  std::string again;               // the command that shows it again
  std::vector<std::string> notes;  // what else is worth knowing
};

// Ends with a newline, and is safe to show whatever the program printed.
std::string Written(const ExploreText& text, const report::Style& style);

}  // namespace grader::cli
