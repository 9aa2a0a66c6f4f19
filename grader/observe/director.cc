#include "grader/observe/director.h"

#include <sys/prctl.h>
#include <sys/syscall.h>

#include <algorithm>
#include <csignal>
#include <utility>

#include "grader/observe/run.h"
#include "grader/observe/task_files.h"
#include "grader/os/pidfd.h"
#include "grader/os/ptrace.h"

namespace grader::observe {

using Unit = Intervention::Unit;

Director::Director(RunState& state, const RunRequest& request) : state_(state), interventions_(request.interventions) {
  state_.stretches = interventions_.stretches();
}

void Director::CallEntered(const Task& task, const user_regs_struct& registers) {
  if (interventions_.empty() || registers.orig_rax != SYS_prctl || registers.rdi != PR_SET_NAME) return;
  const pid_t host_tid = task.identity.host_tid;
  const std::string name = ReadString(host_tid, registers.rsi);
  interventions_.Named(host_tid, task.process, name);
  const bool has_own = interventions_.UnitOf(host_tid).has_value();
  if (const auto hold = interventions_.HoldToCome(host_tid, name); hold && !has_own) to_keep_[host_tid] = *hold;
  state_.stretches = interventions_.stretches();
}

void Director::CallReturned(Task& task) {
  const pid_t host_tid = task.identity.host_tid;
  if (const auto keep = to_keep_.extract(host_tid); !keep.empty()) return Hold(task, keep.mapped());
  const bool counted = interventions_.UnitOf(host_tid).has_value();
  if (!counted || !os::IsAtCallExit(host_tid)) return GoOn(task);
  last_address_.erase(host_tid);
  const auto action = interventions_.Done(host_tid);
  if (!action) return GoOn(task);
  Intervene(task, *action);
}

bool Director::Stepped(Task& task) {
  const pid_t host_tid = task.identity.host_tid;
  if (interventions_.UnitOf(host_tid) != Unit::kInstructions) return false;
  const os::Trap trap = os::ReadTrap(host_tid);
  if (trap == os::Trap::kSignal) return false;
  const auto registers = os::Registers(host_tid);
  if (!registers) return true;
  // A repeated string instruction traps at each repetition; it is one unit.
  std::uint64_t& last = last_address_[host_tid];
  const bool repeats = std::exchange(last, registers->rip) == registers->rip;
  const bool done = trap == os::Trap::kStep && !repeats;
  const auto action = done ? interventions_.Done(host_tid) : std::nullopt;
  if (action) {
    Intervene(task, *action);
  } else {
    GoOn(task);
  }
  return true;
}

void Director::GoOn(Task& task, int signal) {
  const auto unit = interventions_.UnitOf(task.identity.host_tid);
  const auto how = unit == Unit::kCalls          ? os::Continue::kToCallStop
                   : task.call                   ? os::Continue::kToCallExit
                   : unit == Unit::kInstructions ? os::Continue::kOneStep
                                                 : os::Continue::kFreely;
  os::Resume(task.identity.host_tid, how, signal);
}

void Director::Intervene(Task& task, Intervention::Action action) {
  state_.stretches = interventions_.stretches();
  last_address_.erase(task.identity.host_tid);
  if (action == Intervention::Action::kHold) return Hold(task, std::nullopt);
  Process& process = state_.table.process(task.process);
  process.record.killed_on_purpose = true;
  static_cast<void>(os::SendSignal(process.pidfd, SIGKILL));
}

void Director::Hold(Task& task, std::optional<std::size_t> until_hold) {
  task.held = true;
  held_.push_back({task.identity.host_tid, until_hold});
}

void Director::LetGo(std::vector<Held>::iterator held) {
  Task* const task = state_.table.Find(held->host_tid);
  held_.erase(held);
  if (task == nullptr) return;
  task->held = false;
  GoOn(*task);
}

void Director::Ended(pid_t host_tid) {
  std::erase_if(held_, [host_tid](const Held& held) { return held.host_tid == host_tid; });
  to_keep_.erase(host_tid);
  last_address_.erase(host_tid);
  interventions_.Ended(host_tid);
  state_.stretches = interventions_.stretches();
}

void Director::Dying(pid_t host_tid) {
  Ended(host_tid);
  if (!interventions_.empty()) quiet_.Dying(host_tid);
}

bool Director::Direct() {
  const auto free = std::ranges::find_if(
      held_, [this](const Held& held) { return held.until_hold && !interventions_.IsToCome(*held.until_hold); });
  if (free == held_.end() && !HasRestCome()) return false;
  LetGo(free == held_.end() ? held_.begin() : free);
  return true;
}

bool Director::HasRestCome() {
  const Quiet::State others = quiet_.Look(state_.table);
  if (others == Quiet::State::kMoving) {
    timed_since_.reset();
    return false;
  }
  const SteadyTime now = std::chrono::steady_clock::now();
  if (!timed_since_) timed_since_ = now;
  if (others == Quiet::State::kTimed && now - *timed_since_ < kTimedPatience) return false;
  timed_since_.reset();
  return true;
}

}  // namespace grader::observe
