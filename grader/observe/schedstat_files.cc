#include "grader/observe/schedstat_files.h"

#include <fcntl.h>

#include <optional>
#include <utility>

#include "grader/os/files.h"

namespace grader::observe {
namespace {
constexpr std::size_t kMostOpenFiles = 128;
}  // namespace

std::string SchedstatFiles::Read(pid_t host_tid) {
  auto file = open_.find(host_tid);
  if (file == open_.end()) {
    const std::string path = "/proc/" + std::to_string(host_tid) + "/schedstat";
    if (open_.size() >= kMostOpenFiles) return os::ReadFileAt(os::kHere, path.c_str()).value_or("");
    os::Fd opened(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!opened) return "";
    file = open_.emplace(host_tid, std::move(opened)).first;
  }
  std::optional<std::string> text = os::ReadAgain(file->second);
  if (text) return *std::move(text);
  open_.erase(file);  // the task has gone; another may come by the same id
  return "";
}

void SchedstatFiles::KeepOnly(const std::vector<pid_t>& host_tids) {
  std::unordered_map<pid_t, os::Fd> kept;
  for (const pid_t tid : host_tids) {
    const auto file = open_.find(tid);
    if (file != open_.end()) kept.insert(open_.extract(file));
  }
  open_ = std::move(kept);
}

}  // namespace grader::observe
