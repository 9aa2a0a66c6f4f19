// What a regrade changes, and why.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "grader/batch/regrades.h"
#include "grader/batch/store.h"

namespace grader::batch {

// What a stored report says of one check.
struct ReportedCheck {
  std::string verdict = "absent";  // "passed", "failed" …, as in the JSON report; "absent" if it has no such check
  double points = 0;
  std::string why = {};  // what was expected and what happened, or the reason; empty if there is nothing to say
};

// One check that is judged otherwise now.
struct CheckChange {
  std::string id;
  ReportedCheck before;
  ReportedCheck after;
};

// kFlipped: the points are the same, but not for the same checks. kFirst: no points were known before.
enum class Direction { kUp, kDown, kFlipped, kFirst, kSame };

// One submission, and all who handed it in.
struct Change {
  std::vector<std::string> students;
  Direction direction = Direction::kSame;
  std::optional<double> before;  // points, before the late rule
  double after = 0;
  double total = 0;
  std::vector<CheckChange> checks;
};

// A check of one submission that does not have the same verdict in all rounds.
struct Wavering {
  std::vector<std::string> students;
  std::string check;
  std::map<std::string, int> rounds;  // how many, by verdict
};

struct Difference {
  std::vector<Change> changes;  // of all submissions that were regraded, by student
  std::vector<Wavering> wavering;

  int CountOf(Direction direction) const;
};

// Of an applied regrade, what it has changed; of another, what it would.
Difference DifferenceOf(const Store& store, const Regrade& regrade);

// The same of two gradings, without the students. `before` may be none.
Change ChangeOf(const std::optional<StoredResult>& before, const StoredResult& after);

}  // namespace grader::batch
