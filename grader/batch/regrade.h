// Grades a batch anew, beside the results that count (regrades.h).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "grader/batch/gradings.h"
#include "grader/batch/regrades.h"
#include "grader/batch/store.h"
#include "grader/course/lab.h"

namespace grader::batch {

struct RegradeOrder {
  const course::Lab& lab;
  std::filesystem::path checks;  // the lab's checks executable
  std::filesystem::path results;
  std::vector<std::string> only;      // students, by ids or patterns; empty: all
  std::optional<std::uint64_t> seed;  // empty: that of the batch
  int rounds = 1;
};

struct RegradeSummary {
  Regrade regrade;
  int submissions = 0;            // distinct ones
  int graded = 0;                 // now, in all rounds; the others were known
  int faults = 0;                 // of the grader or the machine, after all tries
  std::vector<std::string> gone;  // one sentence for each hand-in whose files are not those of the batch
  bool interrupted = false;
};

// Computes the results that are missing: of the open regrade, if it was begun with the same order, else of a new one.
// Throws InputError if one is open that was begun with another order, or `only` fits nobody, StoreError.
RegradeSummary RunRegrade(Store& store, const RegradeOrder& order, const Crew& crew);

}  // namespace grader::batch
