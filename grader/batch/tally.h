#pragma once

#include <chrono>
#include <map>
#include <ostream>
#include <string>

#include "grader/report/style.h"

namespace grader::batch {

// What became of one hand-in.
enum class Fate { kFullMarks, kNotFullMarks, kFault, kRefused };

// Live progress of a batch. On a terminal one line that is written anew: done, rate, time left, how many of each fate;
// elsewhere a plain line for each. Not thread-safe.
class Tally {
 public:
  Tally(std::ostream& out, report::Style style, int total);

  // `words` follow the student's id: "37 of 40 points".
  void Add(const std::string& student, Fate fate, const std::string& words);
  // Ends the line.
  void Finish();

  int CountOf(Fate fate) const;

 private:
  std::string Line() const;

  std::ostream& out_;
  report::Style style_;
  int total_;
  int done_ = 0;
  std::map<Fate, int> counts_;
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

}  // namespace grader::batch
