#include "grader/observe/stillness.h"

#include <fcntl.h>

#include <optional>

#include "grader/os/files.h"

namespace grader::observe {
namespace {
constexpr int kMostOpenFiles = 128;
}  // namespace

bool Stillness::Look(const std::vector<pid_t>& host_tids) {
  std::unordered_map<pid_t, Counter> counters;
  for (const pid_t tid : host_tids) {
    const auto known = counters_.find(tid);
    if (known != counters_.end()) counters.insert(counters_.extract(known));
  }
  bool all_still = counters_.empty() && counters.size() == host_tids.size();
  for (const auto& [tid, gone] : counters_) open_files_ -= gone.file ? 1 : 0;
  counters_ = std::move(counters);

  still_.clear();
  for (const pid_t tid : host_tids) {
    Counter& counter = counters_[tid];
    std::string text = Read(tid, counter);
    if (!text.empty() && text == counter.text) {
      still_.push_back(tid);
    } else {
      all_still = false;
      counter.text = std::move(text);
    }
  }
  return all_still;
}

bool Stillness::IsStill(pid_t host_tid) {
  const auto counter = counters_.find(host_tid);
  return counter != counters_.end() && !counter->second.text.empty() &&
         Read(host_tid, counter->second) == counter->second.text;
}

std::string Stillness::Read(pid_t host_tid, Counter& counter) {
  const std::string path = "/proc/" + std::to_string(host_tid) + "/schedstat";
  if (!counter.file) {
    if (open_files_ >= kMostOpenFiles) return os::ReadFileAt(os::kHere, path.c_str()).value_or("");
    counter.file = os::Fd(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!counter.file) return "";
    ++open_files_;
  }
  std::optional<std::string> text = os::ReadAgain(counter.file);
  if (text) return *std::move(text);
  // The task has gone; another may come by the same id.
  counter.file.Close();
  --open_files_;
  return "";
}

}  // namespace grader::observe
