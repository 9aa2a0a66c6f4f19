#include "grader/batch/gradings.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <mutex>

namespace grader::batch {
namespace {

constexpr int kTries = 3;  // of a grading that ends in a fault

class Workers {
 public:
  Workers(const std::vector<Task>& tasks, const Crew& crew, const KeepResult& keep)
      : tasks_(tasks),
        crew_(crew),
        keep_(keep),
        pace_(crew.jobs, crew.load),
        tally_(crew.progress, crew.style, static_cast<int>(tasks.size())) {}

  Gradings Run() {
    std::vector<std::future<void>> workers;
    const auto count = std::min(static_cast<std::size_t>(crew_.jobs), tasks_.size());
    for (std::size_t i = 0; i < count; ++i) workers.push_back(std::async(std::launch::async, [this] { Work(); }));
    for (auto& worker : workers) worker.wait();
    tally_.Finish();
    for (auto& worker : workers) worker.get();
    return stop_ ? Gradings::kInterrupted : Gradings::kDone;
  }

 private:
  void Work() {
    try {
      for (std::size_t i = next_++; i < tasks_.size() && !stop_; i = next_++) {
        const auto turn = pace_.Take();
        if (stop_) break;
        Tell([this] { tally_.Begin(); });
        const auto result = Grade(tasks_[i]);
        if (!result) break;
        keep_(tasks_[i], *result);
        Tell([&] { tally_.Add(tasks_[i].name, FateOf(*result), WordsOf(*result)); });
      }
    } catch (...) {
      stop_ = true;
      throw;
    }
  }

  template <typename Words>
  void Tell(const Words& words) {
    const std::lock_guard lock(telling_);
    tally_.Pace(pace_.Allowed(), crew_.jobs);
    words();
  }

  // Empty if a person asked to stop.
  std::optional<StoredResult> Grade(const Task& task) {
    StoredResult result;
    for (int attempt = 1; attempt <= kTries; ++attempt) {
      try {
        const auto grading = crew_.judge(task.folder, task.seed);
        if (!grading) {
          stop_ = true;
          return std::nullopt;
        }
        result = ResultOf(*grading, attempt);
      } catch (const std::exception& error) {
        result = {.seed = task.seed, .fault = true, .attempts = attempt, .text = std::string(error.what()) + "\n"};
      }
      if (!result.fault) break;
    }
    return result;
  }

  const std::vector<Task>& tasks_;
  const Crew& crew_;
  const KeepResult& keep_;
  Pace pace_;
  Tally tally_;
  std::mutex telling_;
  std::atomic<std::size_t> next_ = 0;
  std::atomic<bool> stop_ = false;
};

}  // namespace

Fate FateOf(const StoredResult& result) {
  if (result.fault) return Fate::kFault;
  return result.points == result.total ? Fate::kFullMarks : Fate::kNotFullMarks;
}

std::string WordsOf(const StoredResult& result) {
  if (result.fault) return "a fault of the grader or the machine; it costs no points";
  return fmt::format("{} of {} points", report::PointsText(result.points), report::PointsText(result.total));
}

Gradings GradeAll(const std::vector<Task>& tasks, const Crew& crew, const KeepResult& keep) {
  if (crew.elsewhere) return crew.elsewhere(tasks, crew, keep);
  return Workers(tasks, crew, keep).Run();
}

}  // namespace grader::batch
