#include "grader/checks/run_lanes.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>

#include "grader/checks/printing.h"

namespace grader::checks {
namespace {

using observe::Observation;
using observe::ProcessRecord;

bool IsUnusual(const ProcessRecord& process) {
  const bool crashed = process.status && process.status->signaled && !process.killed_on_purpose;
  return process.index == 0 || process.left_as_zombie || process.orphaned || process.outlived_program ||
         process.killed_by_grader || crashed || process.reaped_by == observe::ReapedBy::kNobody;
}

std::string OriginOf(const ProcessRecord& process) {
  const auto place = PlaceOf(process.created_at);
  return place.empty() ? "" : "forked at " + place;
}

std::string NameOf(const ProcessRecord& process) {
  return process.index == 0 ? fmt::format("the program (process {})", process.pid)
                            : fmt::format("process {}", process.pid);
}

}  // namespace

RunLanes::RunLanes(const Observation& run, Timeline& timeline) : run_(run), timeline_(timeline) {
  std::set<int> chosen;
  for (const bool unusual : {true, false}) {
    for (const auto& process : run.processes) {
      if (chosen.size() < kMostTasks && IsUnusual(process) == unusual) chosen.insert(process.index);
    }
  }
  timeline_.lanes_left_out = run.processes.size() - chosen.size();
  for (const int index : chosen) Add({index, 0});
  for (const int index : chosen) AddThreads(index);
}

int RunLanes::Of(const TaskKey& task) const {
  const auto known = numbers_.find(task);
  return known == numbers_.end() ? -1 : known->second;
}

int RunLanes::Of(int process, pid_t tid) const {
  if (process < 0 || static_cast<std::size_t>(process) >= run_.processes.size()) return -1;
  const auto& threads = run_.processes[static_cast<std::size_t>(process)].threads;
  const auto same = std::ranges::find(threads, tid, &observe::ThreadRecord::tid);
  const int lane = same == threads.end() ? -1 : Of({process, static_cast<std::size_t>(same - threads.begin())});
  return lane >= 0 ? lane : OfProcess(process);
}

int RunLanes::OfPid(pid_t pid) const {
  const auto same = std::ranges::find(run_.processes, pid, &ProcessRecord::pid);
  return same == run_.processes.end() ? -1 : OfProcess(same->index);
}

int RunLanes::OfThread(pid_t tid) const {
  for (const auto& process : run_.processes) {
    if (std::ranges::count(process.threads, tid, &observe::ThreadRecord::tid) > 0) return Of(process.index, tid);
  }
  return -1;
}

void RunLanes::Add(const TaskKey& task) {
  const auto& process = run_.processes[static_cast<std::size_t>(task.first)];
  numbers_[task] = static_cast<int>(timeline_.lanes.size());
  if (task.second == 0) {
    const auto kind = process.index == 0 ? LaneKind::kProgram : LaneKind::kProcess;
    timeline_.lanes.push_back({kind, NameOf(process), OriginOf(process)});
  } else {
    timeline_.lanes.push_back(
        {LaneKind::kThread, fmt::format("thread {} of process {}", process.threads[task.second].tid, process.pid), {}});
  }
}

void RunLanes::AddThreads(int index) {
  const auto& threads = run_.processes[static_cast<std::size_t>(index)].threads;
  for (std::size_t thread = 1; thread < threads.size(); ++thread) {
    if (timeline_.lanes.size() < kMostTasks) {
      Add({index, thread});
    } else {
      ++timeline_.lanes_left_out;
    }
  }
}

}  // namespace grader::checks
