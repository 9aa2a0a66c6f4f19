#include "grader/observe/stillness.h"

#include <utility>

namespace grader::observe {

bool Stillness::Look(const std::vector<pid_t>& host_tids) {
  files_.KeepOnly(host_tids);
  std::unordered_map<pid_t, std::string> counters;
  still_.clear();
  for (const pid_t tid : host_tids) {
    std::string text = files_.Read(tid);
    const auto known = counters_.find(tid);
    if (known != counters_.end() && !text.empty() && text == known->second) still_.push_back(tid);
    counters[tid] = std::move(text);
  }
  const bool all_still = still_.size() == host_tids.size() && counters_.size() == host_tids.size();
  counters_ = std::move(counters);
  return all_still;
}

bool Stillness::IsStill(pid_t host_tid) {
  const auto counter = counters_.find(host_tid);
  return counter != counters_.end() && !counter->second.empty() && files_.Read(host_tid) == counter->second;
}

}  // namespace grader::observe
