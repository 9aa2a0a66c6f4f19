#include "grader/batch/batch.h"

#include <set>

#include "grader/batch/fingerprint.h"
#include "grader/batch/intake.h"
#include "grader/batch/lay_out.h"
#include "grader/batch/results.h"

namespace grader::batch {
namespace {

class Batch {
 public:
  explicit Batch(const BatchOrder& order)
      : order_(order),
        store_(order.results, order.lab.id),
        seed_(store_.Seed(order.seed)),
        version_(FingerprintOf(order.lab, order.checks)) {}

  BatchSummary Run(const Crew& crew) {
    Intake intake = TakeIn(order_.hand_ins, order_.roster);
    summary_.ignored = std::move(intake.ignored);
    summary_.hand_ins = static_cast<int>(intake.hand_ins.size());
    for (HandIn& hand_in : intake.hand_ins) entries_.push_back(EntryOf(std::move(hand_in)));
    store_.Keep(entries_, order_.roster);
    GradeAll(crew);
    if (summary_.interrupted) return summary_;
    const auto standing = WriteResults(order_, entries_, store_);
    summary_.faults = standing.faults;
    summary_.refused = standing.refused;
    summary_.missing = standing.missing;
    return summary_;
  }

 private:
  // A hand-in that cannot be graded is an entry like the others, with its reason.
  Entry EntryOf(HandIn hand_in) const {
    Entry entry{.hand_in = std::move(hand_in)};
    const auto* student = order_.roster.Find(entry.hand_in.student);
    if (student != nullptr) entry.group = student->group;
    const auto extension = student == nullptr ? std::chrono::seconds(0) : student->extension;
    entry.lateness = LatenessOf(entry.hand_in, order_.lab.due, extension, order_.course.late);
    if (entry.hand_in.problem.empty()) LayOut(entry, order_.lab, order_.results);
    return entry;
  }

  // A result counts until somebody applies another: a new version of lab or grader does not replace it.
  bool IsKnown(const Entry& entry) {
    const auto version = store_.GradedBy(entry.fingerprint);
    if (version && version != version_) ++summary_.other_version;
    return version.has_value();
  }

  // One task for each distinct submission without a result.
  std::vector<Task> Unknown() {
    std::vector<Task> unknown;
    std::set<std::string> seen;
    for (const Entry& entry : entries_) {
      if (!entry.hand_in.problem.empty()) continue;
      if (!seen.insert(entry.fingerprint).second) {
        ++summary_.same;
      } else if (!IsKnown(entry)) {
        unknown.push_back({entry.hand_in.student, entry.folder, entry.fingerprint, seed_});
      }
    }
    return unknown;
  }

  void GradeAll(const Crew& crew) {
    const auto unknown = Unknown();
    const auto keep = [&](const Task& task, const StoredResult& result) {
      store_.Keep({task.fingerprint, version_}, result);
    };
    summary_.interrupted = batch::GradeAll(unknown, crew, keep) == Gradings::kInterrupted;
    summary_.graded = static_cast<int>(unknown.size());
  }

  const BatchOrder& order_;
  Store store_;
  std::uint64_t seed_;
  std::string version_;
  std::vector<Entry> entries_;
  BatchSummary summary_;
};

}  // namespace

BatchSummary RunBatch(const BatchOrder& order, const Crew& crew) { return Batch(order).Run(crew); }

}  // namespace grader::batch
