// The running side of a batch: many gradings, some at one time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "grader/batch/pace.h"
#include "grader/batch/stored_result.h"
#include "grader/batch/tally.h"
#include "grader/report/grading.h"
#include "grader/report/style.h"

namespace grader::batch {

// Grades one folder; called by several threads at once. Empty: a person asked to stop. Throws for what the grader or
// the machine cannot do, which is then a fault and costs the student nothing.
using Judge = std::function<std::optional<report::Grading>(const std::filesystem::path& folder, std::uint64_t seed)>;

struct Task;
struct Crew;

// Keeps a result as soon as it is there; called by several threads at once.
using KeepResult = std::function<void(const Task& task, const StoredResult& result)>;

enum class Gradings { kDone, kInterrupted };

// Does gradings elsewhere than in this process's threads.
using Executor = std::function<Gradings(const std::vector<Task>& tasks, const Crew& crew, const KeepResult& keep)>;

// Who grades, and where that is told.
struct Crew {
  const Judge& judge;
  int jobs = 1;  // at one time; fewer while the machine is overloaded
  std::ostream& progress;
  report::Style style = {};
  Load load = LoadOfThisMachine;
  Executor elsewhere = {};  // empty: here
};

// One grading to be done.
struct Task {
  std::string name;  // as progress calls it: the student's id
  std::filesystem::path folder;
  std::string fingerprint;  // of the folder
  std::uint64_t seed = 0;
  int round = 0;  // of a regrade
};

// How a result is told in progress.
Fate FateOf(const StoredResult& result);
std::string WordsOf(const StoredResult& result);

// Grades all; one that ends in a fault is tried three times. What `keep` throws ends it, after the gradings that run.
Gradings GradeAll(const std::vector<Task>& tasks, const Crew& crew, const KeepResult& keep);

}  // namespace grader::batch
