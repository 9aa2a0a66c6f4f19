#include "grader/observe/process_table.h"

#include <algorithm>
#include <csignal>
#include <utility>

namespace grader::observe {

Task& ProcessTable::AddFirst(const TaskIdentity& identity) {
  Task& task = AddTask(identity);
  task.claimed = true;
  return task;
}

Task& ProcessTable::Appeared(const TaskIdentity& identity) {
  Task& task = AddTask(identity);
  Process& its = process(task.process);
  if (its.record.parent < 0 && its.record.index != 0) {
    const auto parent = by_host_pid_.find(identity.host_parent);
    if (parent != by_host_pid_.end()) SetParent(its, parent->second);
  }
  return task;
}

Process& ProcessTable::Created(const Task& creator, const TaskIdentity& identity, Creation creation) {
  int index = 0;
  if (Task* const known = Find(identity.host_tid)) {
    known->claimed = true;
    index = known->process;
  } else if (const auto dead = unclaimed_dead_.find(identity.host_tid); dead != unclaimed_dead_.end()) {
    index = dead->second;
    unclaimed_dead_.erase(dead);
  } else {
    Task& task = AddTask(identity);
    task.claimed = true;
    index = task.process;
  }
  Process& created = process(index);
  if (index != creator.process) {
    created.record.creation = creation;
    SetParent(created, creator.process);
  }
  return created;
}

bool ProcessTable::Knows(pid_t host_tid) const {
  return tasks_.contains(host_tid) || unclaimed_dead_.contains(host_tid);
}

Task* ProcessTable::Find(pid_t host_tid) {
  const auto found = tasks_.find(host_tid);
  return found == tasks_.end() ? nullptr : &found->second;
}

Task& ProcessTable::Execed(pid_t host_tgid, pid_t former_tid, std::string program) {
  Process& process = this->process(by_host_pid_.at(host_tgid));
  Task survivor = std::move(tasks_.at(former_tid));
  // It takes the leader's place. If the leader has ended already, that is what its creator's event will find.
  const Task* const leader = Find(host_tgid);
  if (former_tid != host_tgid) survivor.claimed = leader == nullptr || leader->claimed;
  const Moment at = now_();
  for (auto task = tasks_.begin(); task != tasks_.end();) {
    task = task->second.process == process.record.index ? tasks_.erase(task) : std::next(task);
  }
  for (std::size_t thread = 1; thread < process.record.threads.size(); ++thread) {
    auto& ended = process.record.threads[thread].ended;
    if (!ended) ended = at;
  }
  process.record.threads.front().ended.reset();
  if (!process.record.program.empty()) process.record.execed = at;  // the first process begins with one
  process.record.program = std::move(program);
  process.no_child_wait = false;
  process.living_threads = 1;
  survivor.identity.host_tid = host_tgid;
  survivor.identity.tid = process.record.pid;
  survivor.thread = 0;
  survivor.call.reset();
  return tasks_[host_tgid] = std::move(survivor);
}

bool ProcessTable::IsLastThread(const Task& task) const {
  return processes_[static_cast<std::size_t>(task.process)].living_threads == 1;
}

void ProcessTable::EndThread(pid_t host_tid) {
  const auto found = tasks_.find(host_tid);
  if (found == tasks_.end()) return;
  Process& process = this->process(found->second.process);
  process.record.threads[found->second.thread].ended = now_();
  --process.living_threads;
  if (!found->second.claimed) unclaimed_dead_[host_tid] = found->second.process;
  tasks_.erase(found);
}

void ProcessTable::EndProcess(Process& process, std::optional<ExitStatus> status) {
  if (!process.alive()) return;
  const Moment at = now_();
  process.record.ended = at;
  process.record.status = status;
  --processes_alive_;
  if (process.record.parent >= 0) {
    process.parent_ignored_sigchld = this->process(process.record.parent).leaves_no_zombies();
  }
  // Then it is not its fault whom it leaves behind.
  if (process.record.killed_by_grader || process.record.killed_on_purpose) return;
  for (const int index : process.children) {
    ProcessRecord& child = this->process(index).record;
    if (!child.ended) {
      child.orphaned = true;
    } else if (!this->process(index).parent_ignored_sigchld) {
      child.left_as_zombie = true;
      child.zombie_for = at.fair_time - child.ended->fair_time;
    }
  }
}

void ProcessTable::Reaped(Process& child, const Reaper& reaper) {
  ProcessRecord& record = child.record;
  if (IsSettled(record)) return;
  record.reaped_by = reaper.by;
  record.reaping_thread = reaper.thread;
  if (record.reaped) return;
  record.reaped = now_();
  child.pidfd.Close();
  const bool was_zombie = reaper.by != ReapedBy::kKernel && record.ended && !record.left_as_zombie && record.index != 0;
  if (was_zombie) {
    record.zombie_for = record.reaped->fair_time - record.ended->fair_time;
    if (reaper.parent_slices > child.parent_slices) {
      record.parent_wakeups_as_zombie = reaper.parent_slices - child.parent_slices;
    }
  }
  Forget(child);
}

Process* ProcessTable::FindUnreaped(pid_t pid) {
  const auto found = by_pid_.find(pid);
  if (found == by_pid_.end()) return nullptr;
  Process& process = this->process(found->second);
  return IsSettled(process.record) ? nullptr : &process;
}

bool ProcessTable::IsSettled(const ProcessRecord& record) {
  const bool by_unknown_thread = record.reaped_by == ReapedBy::kParent && !record.reaping_thread;
  return record.reaped && record.reaped_by != ReapedBy::kUnknown && !by_unknown_thread;
}

void ProcessTable::MarkOutliving() {
  for (Process& process : processes_) {
    if (process.alive()) process.record.outlived_program = true;
  }
}

void ProcessTable::MarkKilled() {
  for (Process& process : processes_) {
    if (process.alive()) process.record.killed_by_grader = true;
  }
}

void ProcessTable::CloseBooks() {
  while (!tasks_.empty()) EndThread(tasks_.begin()->first);
  for (Process& process : processes_) {
    if (process.alive()) EndProcess(process, ExitStatus{true, SIGKILL});
  }
  const Moment at = now_();
  for (Process& process : processes_) {
    ProcessRecord& record = process.record;
    const bool zombie = !record.reaped && !record.left_as_zombie && record.parent >= 0;
    if (zombie) record.zombie_for = at.fair_time - record.ended->fair_time;
  }
}

Task& ProcessTable::AddTask(const TaskIdentity& identity) {
  const auto known = by_host_pid_.find(identity.host_tgid);
  // A dead process of the same id was reaped and its id used again.
  const bool is_new = known == by_host_pid_.end() || !process(known->second).alive();
  Process& process = is_new ? AddProcess(identity) : this->process(known->second);
  Task& task = tasks_[identity.host_tid];
  task = Task{};
  task.identity = identity;
  task.process = process.record.index;
  task.thread = process.record.threads.size();
  process.record.threads.push_back({identity.tid, now_(), std::nullopt});
  ++process.living_threads;
  return task;
}

Process& ProcessTable::AddProcess(const TaskIdentity& identity) {
  Process& process = processes_.emplace_back();
  process.record.index = static_cast<int>(processes_.size()) - 1;
  process.record.pid = identity.pid;
  process.record.started = now_();
  process.host_pid = identity.host_tgid;
  if (process.record.index != 0) process.record.creation = Creation::kFork;
  by_host_pid_[identity.host_tgid] = process.record.index;
  by_pid_[identity.pid] = process.record.index;
  ++processes_alive_;
  return process;
}

void ProcessTable::SetParent(Process& child, int parent) {
  if (child.record.parent == parent) return;
  if (child.record.parent >= 0) Forget(child);
  child.record.parent = parent;
  Process& creator = process(parent);
  if (!child.record.reaped) creator.children.push_back(child.record.index);
  if (!creator.alive() && child.alive()) child.record.orphaned = !creator.record.killed_on_purpose;
  child.ignores_sigchld |= creator.ignores_sigchld;
  child.no_child_wait |= creator.no_child_wait;
  if (child.record.program.empty()) child.record.program = creator.record.program;
}

void ProcessTable::Forget(Process& child) {
  if (child.record.parent < 0) return;
  std::erase(process(child.record.parent).children, child.record.index);
}

}  // namespace grader::observe
