#include "grader/observe/glimpse.h"

#include <algorithm>
#include <numeric>

#include "grader/observe/open_files.h"
#include "grader/observe/sleeping_call.h"
#include "grader/observe/task_files.h"
#include "grader/observe/task_tree.h"

namespace grader::observe {
namespace {

Glimpse::Thread ThreadOf(const TaskTree::Thread& thread) {
  Glimpse::Thread seen;
  seen.state = thread.state;
  if (const auto identity = ReadIdentity(thread.host_tid)) seen.tid = identity->tid;
  if (const auto call = ReadSleepingCall(thread.host_tid)) {
    seen.call = call->number;
    seen.descriptor = call->descriptor(0);
  }
  return seen;
}

pid_t InsideOf(pid_t host_pid) {
  const auto identity = ReadIdentity(host_pid);
  return identity ? identity->pid : 0;
}

std::size_t Sum(const std::vector<Glimpse::Process>& processes, std::size_t (*count)(const Glimpse::Process&)) {
  return std::accumulate(processes.begin(), processes.end(), std::size_t{0},
                         [count](std::size_t sum, const auto& process) { return sum + count(process); });
}

}  // namespace

std::size_t Glimpse::living() const { return processes.size() - zombies(); }

std::size_t Glimpse::zombies() const {
  return static_cast<std::size_t>(std::ranges::count(processes, true, &Process::zombie));
}

std::size_t Glimpse::threads() const {
  return Sum(processes, [](const Process& process) { return process.threads.size(); });
}

std::size_t Glimpse::descriptors() const {
  return Sum(processes, [](const Process& process) { return process.descriptors.size(); });
}

Glimpse ReadGlimpse(pid_t init) {
  Glimpse glimpse;
  const auto tree = ReadTaskTree(init);
  if (!tree) return glimpse;
  for (const auto& [host_pid, process] : tree->processes) {
    Glimpse::Process& seen = glimpse.processes.emplace_back();
    seen.pid = InsideOf(host_pid);
    seen.parent = process.host_parent == init ? 1 : InsideOf(process.host_parent);
    seen.zombie = process.zombie();
    for (const TaskTree::Thread& thread : process.threads) {
      if (thread.ended()) continue;
      if (seen.threads.empty()) seen.descriptors = ReadDescriptors(thread.host_tid);
      seen.threads.push_back(ThreadOf(thread));
      const auto counters = ReadCounters(thread.host_tid).value_or(TaskCounters{});
      seen.cpu_time += std::chrono::duration_cast<std::chrono::microseconds>(counters.run);
      seen.slices += counters.slices;
    }
  }
  std::ranges::sort(glimpse.processes, {}, &Glimpse::Process::pid);
  return glimpse;
}

std::string ReadDescriptorInfoInside(pid_t init, pid_t pid, int descriptor) {
  const auto tree = ReadTaskTree(init);
  if (!tree) return {};
  for (const auto& [host_pid, process] : tree->processes) {
    if (InsideOf(host_pid) == pid) return ReadDescriptorInfo(host_pid, descriptor);
  }
  return {};
}

}  // namespace grader::observe
