#include "grader/batch/regrade.h"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <set>

#include "grader/batch/error.h"
#include "grader/batch/fingerprint.h"
#include "grader/batch/lay_out.h"
#include "grader/report/text.h"

namespace grader::batch {
namespace {

// The entries whose students are asked for. A pattern that fits nobody is a slip of the pen.
std::vector<Entry> Chosen(std::vector<Entry> entries, const std::vector<std::string>& only) {
  if (only.empty()) return entries;
  std::set<std::string> fitting;
  for (const auto& pattern : only) {
    const auto fits = [&](const Entry& entry) {
      return entry.hand_in.student == pattern || fnmatch(pattern.c_str(), entry.hand_in.student.c_str(), 0) == 0;
    };
    if (std::ranges::none_of(entries, fits)) {
      throw InputError(fmt::format("--only {} fits no student of this batch", report::OneLine(pattern)));
    }
    for (const auto& entry : entries) {
      if (fits(entry)) fitting.insert(entry.hand_in.student);
    }
  }
  std::erase_if(entries, [&](const Entry& entry) { return !fitting.contains(entry.hand_in.student); });
  return entries;
}

// The regrade that is to be gone on with.
Regrade Open(Regrades& regrades, const RegradePlan& plan) {
  const auto last = regrades.Last();
  if (!last || !last->IsOpen()) return regrades.Begin(plan);
  if (last->plan == plan) return *last;
  throw InputError(fmt::format(
      "regrade {} was begun with another lab, grader, seed, --only or --repeat and is still open; grade apply or "
      "grade discard first",
      last->id));
}

class Regrading {
 public:
  Regrading(Store& store, const RegradeOrder& order) : store_(store), order_(order), regrades_(store) {}

  RegradeSummary Run(const Crew& crew) {
    const auto entries = Chosen(store_.Entries(), order_.only);
    const RegradePlan plan{.version = FingerprintOf(order_.lab, order_.checks),
                           .seed = order_.seed ? *order_.seed : store_.Seed(0),
                           .rounds = order_.rounds,
                           .only = order_.only};
    summary_.regrade = Open(regrades_, plan);
    const auto tasks = TasksOf(entries);
    const auto keep = [&](const Task& task, const StoredResult& result) {
      regrades_.Keep(summary_.regrade, {task.round, task.fingerprint}, result);
    };
    summary_.interrupted = GradeAll(tasks, crew, keep) == Gradings::kInterrupted;
    if (!summary_.interrupted) Conclude(tasks);
    return summary_;
  }

 private:
  // What is missing, round by round.
  std::vector<Task> TasksOf(const std::vector<Entry>& entries) {
    const auto done = regrades_.Done(summary_.regrade);
    std::vector<Task> tasks;
    std::set<std::string> seen;
    for (const Entry& entry : entries) {
      if (!entry.hand_in.problem.empty() || !seen.insert(entry.fingerprint).second) continue;
      ++summary_.submissions;
      std::vector<int> missing;
      for (int round = 1; round <= order_.rounds; ++round) {
        if (!done.contains({round, entry.fingerprint})) missing.push_back(round);
      }
      if (missing.empty()) continue;
      const auto folder = FolderOf(entry);
      for (const int round : missing) {
        if (folder) tasks.push_back({entry.hand_in.student, *folder, entry.fingerprint, SeedOf(round), round});
      }
    }
    std::ranges::stable_sort(tasks, {}, &Task::round);
    return tasks;
  }

  std::uint64_t SeedOf(int round) const { return summary_.regrade.plan.seed + static_cast<std::uint64_t>(round) - 1; }

  // Laid out again, since archives may have been tidied away; empty if the files are not those of the batch.
  std::optional<std::filesystem::path> FolderOf(const Entry& entry) {
    Entry again{.hand_in = entry.hand_in};
    LayOut(again, order_.lab, order_.results);
    if (again.hand_in.problem.empty() && again.fingerprint == entry.fingerprint) return again.folder;
    --summary_.submissions;
    summary_.gone.push_back(fmt::format("{} is not regraded: {}", report::OneLine(entry.hand_in.student),
                                        again.hand_in.problem.empty()
                                            ? "its files have changed since; grade batch takes them in"
                                            : again.hand_in.problem));
    return std::nullopt;
  }

  void Conclude(const std::vector<Task>& tasks) {
    const auto done = regrades_.Done(summary_.regrade);
    for (const Task& task : tasks) {
      if (!done.contains({task.round, task.fingerprint})) ++summary_.faults;
    }
    summary_.graded = static_cast<int>(tasks.size());
    if (summary_.faults > 0) return;
    regrades_.MarkReady(summary_.regrade);
    summary_.regrade.state = RegradeState::kReady;
  }

  Store& store_;
  const RegradeOrder& order_;
  Regrades regrades_;
  RegradeSummary summary_;
};

}  // namespace

RegradeSummary RunRegrade(Store& store, const RegradeOrder& order, const Crew& crew) {
  return Regrading(store, order).Run(crew);
}

}  // namespace grader::batch
