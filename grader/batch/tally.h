#pragma once

#include <chrono>
#include <map>
#include <ostream>
#include <string>

#include "grader/report/style.h"

namespace grader::batch {

// What became of one hand-in.
enum class Fate { kFullMarks, kNotFullMarks, kFault, kRefused };

// Live progress of a batch. On a terminal one line that is written anew: done, running, how many of each fate, rate,
// time left; elsewhere a plain line for each. Not thread-safe.
class Tally {
 public:
  Tally(std::ostream& out, report::Style style, int total);

  // One more runs.
  void Begin();
  // One that ran has ended. `words` follow the student's id: "37 of 40 points".
  void Add(const std::string& student, Fate fate, const std::string& words);
  // How many of `jobs` may run at one time, from now on.
  void Pace(int allowed, int jobs);
  // Ends the line.
  void Finish();

  int CountOf(Fate fate) const;

 private:
  std::string Line() const;
  std::string LeftText(double per_minute) const;
  void Draw();

  std::ostream& out_;
  report::Style style_;
  int total_;
  int done_ = 0;
  int running_ = 0;
  int allowed_ = 0;
  int jobs_ = 0;
  std::map<Fate, int> counts_;
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

}  // namespace grader::batch
