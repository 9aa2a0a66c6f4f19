#include "grader/observe/task_tree.h"

#include <dirent.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <string>
#include <string_view>

#include "grader/observe/task_files.h"
#include "grader/os/files.h"

namespace grader::observe {
namespace {

struct CloseFolder {
  void operator()(DIR* folder) const { closedir(folder); }
};

std::optional<pid_t> Number(std::string_view text) {
  pid_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::vector<pid_t> ReadThreads(const std::string& task_folder) {
  std::vector<pid_t> threads;
  const std::unique_ptr<DIR, CloseFolder> folder(opendir(task_folder.c_str()));
  if (!folder) return threads;
  while (const dirent* entry = readdir(folder.get())) {
    if (const auto thread = Number(entry->d_name)) threads.push_back(*thread);
  }
  return threads;
}

// /proc/PID/task/TID/children, zombies included (proc_tid_children(5)).
bool AppendChildren(const std::string& thread_folder, std::vector<pid_t>& children) {
  const auto text = os::ReadFileAt(os::kHere, (thread_folder + "/children").c_str());
  if (!text) return false;
  for (std::string_view rest = *text; !rest.empty();) {
    const std::size_t blank = std::min(rest.find(' '), rest.size());
    if (const auto child = Number(rest.substr(0, blank))) children.push_back(*child);
    rest.remove_prefix(std::min(blank + 1, rest.size()));
  }
  return true;
}

}  // namespace

bool TaskTree::Process::zombie() const {
  return std::all_of(threads.begin(), threads.end(), [](const Thread& thread) { return thread.ended(); });
}

std::vector<pid_t> TaskTree::ChildrenOf(pid_t host_pid) const {
  std::vector<pid_t> children;
  for (const auto& [pid, process] : processes) {
    if (process.host_parent == host_pid) children.push_back(pid);
  }
  return children;
}

std::optional<TaskTree> ReadTaskTree(pid_t init) {
  TaskTree tree;
  int tasks = 0;
  std::vector<pid_t> to_visit = {init};
  while (!to_visit.empty()) {
    const pid_t pid = to_visit.back();
    to_visit.pop_back();
    const std::string task_folder = "/proc/" + std::to_string(pid) + "/task";
    std::vector<pid_t> children;
    for (const pid_t tid : ReadThreads(task_folder)) {
      if (++tasks > kMostTreeTasks) return std::nullopt;
      if (!AppendChildren(task_folder + "/" + std::to_string(tid), children)) return std::nullopt;
      if (pid != init) tree.processes[pid].threads.push_back({tid, ReadState(tid)});
    }
    for (const pid_t child : children) tree.processes[child].host_parent = pid;
    to_visit.insert(to_visit.end(), children.begin(), children.end());
  }
  return tree;
}

}  // namespace grader::observe
