#include "grader/batch/batch.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <map>
#include <mutex>
#include <set>

#include "grader/batch/archive.h"
#include "grader/batch/error.h"
#include "grader/batch/fingerprint.h"
#include "grader/batch/intake.h"
#include "grader/batch/results.h"
#include "grader/report/json.h"
#include "grader/report/junit.h"
#include "grader/report/terminal.h"

namespace grader::batch {
namespace {

namespace fs = std::filesystem;

constexpr int kTries = 3;  // of a grading that ends in a fault

StoredResult ResultOf(const report::Grading& grading, int attempts) {
  const auto points = report::PointsOf(grading);
  return {.seed = grading.seed,
          .points = points.earned,
          .total = points.total,
          .fault = report::OverallOf(grading) == report::Overall::kFault,
          .attempts = attempts,
          .json = report::JsonText(grading),
          .junit = report::JunitXml(grading),
          .text = report::TerminalText(grading, {})};
}

class Batch {
 public:
  Batch(const BatchOrder& order, const Judge& judge, std::ostream& progress, report::Style style)
      : order_(order),
        judge_(judge),
        store_(order.results, order.lab.id),
        seed_(store_.Seed(order.seed)),
        version_(FingerprintOf(order.lab, order.checks)),
        progress_(progress),
        style_(style) {}

  BatchSummary Run() {
    Intake intake = TakeIn(order_.hand_ins, order_.roster);
    summary_.ignored = std::move(intake.ignored);
    summary_.hand_ins = static_cast<int>(intake.hand_ins.size());
    for (HandIn& hand_in : intake.hand_ins) entries_.push_back(EntryOf(std::move(hand_in)));
    store_.Keep(entries_);
    GradeAll();
    if (summary_.interrupted) return summary_;
    const auto outcome = WriteResults(order_, entries_, store_, version_);
    summary_.faults = outcome.faults;
    summary_.refused = outcome.refused;
    summary_.missing = outcome.missing;
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
    if (!entry.hand_in.problem.empty()) return entry;
    const auto scratch = order_.results / "unpacked" / FileNameOf(entry.hand_in.student);
    try {
      fs::remove_all(scratch);
      fs::create_directories(scratch);
      entry.folder = fs::absolute(FolderToGrade(entry.hand_in, order_.lab, scratch));
      entry.fingerprint = FingerprintOf(entry.folder);
      if (fs::is_empty(scratch)) fs::remove(scratch);
    } catch (const RefusedArchive& error) {
      entry.hand_in.problem = error.what();
      entry.folder.clear();
    } catch (const std::system_error& error) {
      throw StoreError(
          fmt::format("the hand-in of {} cannot be unpacked: {}; make room and start the same command again",
                      entry.hand_in.student, error.what()));
    }
    return entry;
  }

  bool IsKnown(const Entry& entry) {
    const auto result = store_.Find({entry.fingerprint, version_});
    return result && !result->fault;
  }

  // One entry for each distinct submission without a result.
  std::vector<const Entry*> Unknown() {
    std::vector<const Entry*> unknown;
    std::set<std::string> seen;
    for (const Entry& entry : entries_) {
      if (!entry.hand_in.problem.empty()) continue;
      if (!seen.insert(entry.fingerprint).second) {
        ++summary_.same;
      } else if (!IsKnown(entry)) {
        unknown.push_back(&entry);
      }
    }
    return unknown;
  }

  void GradeAll() {
    const auto unknown = Unknown();
    Tally tally(progress_, style_, static_cast<int>(unknown.size()));
    std::atomic<std::size_t> next = 0;
    std::atomic<bool> stop = false;
    const auto work = [&] {
      try {
        for (std::size_t i = next++; i < unknown.size() && !stop; i = next++) {
          if (!GradeOne(*unknown[i], tally)) stop = true;
        }
      } catch (...) {
        stop = true;
        throw;
      }
    };
    std::vector<std::future<void>> workers;
    const auto count = std::min(static_cast<std::size_t>(order_.jobs), unknown.size());
    for (std::size_t i = 0; i < count; ++i) workers.push_back(std::async(std::launch::async, work));
    for (auto& worker : workers) worker.wait();
    tally.Finish();
    for (auto& worker : workers) worker.get();
    summary_.interrupted = stop;
  }

  // False if a person asked to stop.
  bool GradeOne(const Entry& entry, Tally& tally) {
    StoredResult result;
    for (int attempt = 1; attempt <= kTries; ++attempt) {
      try {
        const auto grading = judge_(entry.folder, seed_);
        if (!grading) return false;
        result = ResultOf(*grading, attempt);
      } catch (const std::exception& error) {
        result = {.seed = seed_, .fault = true, .attempts = attempt, .text = std::string(error.what()) + "\n"};
      }
      if (!result.fault) break;
    }
    store_.Keep({entry.fingerprint, version_}, result);
    const auto fate = result.fault                    ? Fate::kFault
                      : result.points == result.total ? Fate::kFullMarks
                                                      : Fate::kNotFullMarks;
    const auto words = result.fault ? std::string("a fault of the grader or the machine; it costs no points")
                                    : fmt::format("{} of {} points", report::PointsText(result.points),
                                                  report::PointsText(result.total));
    const std::lock_guard lock(telling_);
    ++summary_.graded;
    tally.Add(entry.hand_in.student, fate, words);
    return true;
  }

  const BatchOrder& order_;
  const Judge& judge_;
  Store store_;
  std::uint64_t seed_;
  std::string version_;
  std::ostream& progress_;
  report::Style style_;
  std::vector<Entry> entries_;
  BatchSummary summary_;
  std::mutex telling_;
};

}  // namespace

BatchSummary RunBatch(const BatchOrder& order, const Judge& judge, std::ostream& progress, report::Style style) {
  return Batch(order, judge, progress, style).Run();
}

}  // namespace grader::batch
