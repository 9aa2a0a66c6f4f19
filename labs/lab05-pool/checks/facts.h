// What the driver told, and how it is judged.
#pragma once

#include <string>
#include <vector>

#include "grader/checks/vocabulary.h"

namespace grader::checks::lab05 {

using Values = std::vector<std::string>;

// The values that it told for this key, in their order; of a driver that did not come so far, fewer.
Values ValuesOf(const Observation& run, const std::string& key);

// What values are, for a student: {"result", "every task returns what its function returns"}.
struct Meaning {
  std::string key;
  std::string noun;  // of one value: "result", "number of children"
  std::string expected;
};

// The program ended by itself, with status 0, and told exactly these values.
RunMatcher Tells(Meaning meaning, Values values);

// The fate of one task, as the driver told it: the line "task 3 WorkerLost 1 0".
struct Fate {
  int task = 0;
  std::string ending;  // its result, or what get() threw
  int begun = 0;       // times
  int finished = 0;    // times

  bool done() const { return ending == std::to_string(task) && begun == 1 && finished == 1; }
  bool lost() const { return ending == "WorkerLost" && begun <= 1; }
  std::string Told() const;
};
std::vector<Fate> FatesOf(const Observation& run);

// So many tasks, all done once, but for the lost ones, which were begun once at most and not finished.
RunMatcher LosesOnly(const std::vector<int>& lost, int tasks);

// As the driver stands for a long text: "size:hash", FNV-1a.
std::string Digest(const std::string& text);
// Every letter moved on by so many, as the driver's task does it.
std::string Shifted(std::string text, int by);

// No process outlived the pool as a zombie, and each worker was waited for by the program.
RunMatcher ReapsItsWorkers();

class PoolCheck : public LabCheck {
 protected:
  // A run of the driver; scenario is what it does, as a student would write it.
  static RunOptions Doing(std::string scenario, Values args) {
    return {.args = std::move(args), .scenario = std::move(scenario)};
  }

  int Between(int low, int high) { return static_cast<int>(random().Integer(low, high)); }
};

}  // namespace grader::checks::lab05
