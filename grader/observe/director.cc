#include "grader/observe/director.h"

#include <sys/prctl.h>
#include <sys/syscall.h>

#include <algorithm>
#include <csignal>
#include <utility>

#include "grader/observe/call_entry.h"
#include "grader/observe/memory_access.h"
#include "grader/observe/run.h"
#include "grader/observe/task_files.h"
#include "grader/os/pidfd.h"
#include "grader/os/ptrace.h"

namespace grader::observe {

using Unit = Intervention::Unit;
using Kind = ScheduleStep::Kind;

Director::Director(RunState& state, CallRecorder& recorder, const RunRequest& request)
    : state_(state), recorder_(recorder), interventions_(request.interventions) {
  if (request.schedule) scheduler_.emplace(*request.schedule);
  state_.stretches = interventions_.stretches();
}

void Director::AtCallEntry(Task& task) {
  const auto registers = os::Registers(task.identity.host_tid);
  if (!registers) return;
  if (scheduler_) {
    Held held{.host_tid = task.identity.host_tid, .place = Place::kCallEntry};
    held.registers = *registers;
    return Hold(task, held);
  }
  Enter(task, *registers);
  GoOn(task);
}

// From here on the call is made.
void Director::Enter(Task& task, const user_regs_struct& registers) {
  recorder_.Entered(task, registers);
  if (interventions_.empty() || registers.orig_rax != SYS_prctl || registers.rdi != PR_SET_NAME) return;
  const pid_t host_tid = task.identity.host_tid;
  const std::string name = ReadString(host_tid, registers.rsi);
  interventions_.Named(host_tid, task.process, name);
  const bool has_own = interventions_.UnitOf(host_tid).has_value();
  if (const auto hold = interventions_.HoldToCome(host_tid, name); hold && !has_own) to_keep_[host_tid] = *hold;
  state_.stretches = interventions_.stretches();
}

void Director::AtCallExit(Task& task) {
  const pid_t host_tid = task.identity.host_tid;
  if (const auto registers = os::Registers(host_tid); registers && task.call) {
    if (scheduler_) state_.steps.Returned(NameOf(task), static_cast<std::int64_t>(registers->rax));
    recorder_.Returned(task, *registers);
  }
  Held held{.host_tid = host_tid, .place = Place::kCallExit};
  if (const auto keep = to_keep_.extract(host_tid); !keep.empty()) {
    held.by = By::kIntervention;
    held.until_hold = keep.mapped();
    return Hold(task, held);
  }
  if (interventions_.UnitOf(host_tid) && os::IsAtCallExit(host_tid)) {
    last_address_.erase(host_tid);
    if (const auto action = interventions_.Done(host_tid)) return Intervene(task, *action, {});
  }
  HoldOrGoOn(task, held);
}

void Director::AtStart(Task& task) { HoldOrGoOn(task, {.host_tid = task.identity.host_tid}); }

void Director::AtSignal(Task& task, int signal) {
  if (signal == SIGTRAP && Stepped(task)) return;
  HoldOrGoOn(task, {.host_tid = task.identity.host_tid, .place = Place::kSignal, .signal = signal});
}

void Director::HoldOrGoOn(Task& task, Held held) {
  if (scheduler_ && held.host_tid != current_) return Hold(task, std::move(held));
  GoOn(task, held.signal);
}

void Director::Hold(Task& task, Held held) {
  task.held = true;
  held_.push_back(std::move(held));
}

void Director::GoOn(Task& task, int signal) {
  const auto unit = interventions_.UnitOf(task.identity.host_tid);
  const auto how = unit == Unit::kCalls          ? os::Continue::kToCallStop
                   : task.call                   ? os::Continue::kToCallExit
                   : unit == Unit::kInstructions ? os::Continue::kOneStep
                                                 : os::Continue::kFreely;
  os::Resume(task.identity.host_tid, how, signal);
}

// Whether the task did a step of ours, after which it has gone on or was intervened with.
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
    Intervene(task, *action, DividedInstruction::NextOf(host_tid));
  } else {
    if (done) Measure(host_tid, *registers);
    GoOn(task);
  }
  return true;
}

// Notes what the next instruction is.
void Director::Measure(pid_t host_tid, const user_regs_struct& registers) {
  if (!interventions_.Measures(host_tid)) return;
  auto ranges = ranges_.find(host_tid);
  if (ranges == ranges_.end()) ranges = ranges_.emplace(host_tid, TaskRanges::Of(host_tid)).first;
  const MappedRanges& shared = ranges->second.shared;
  if (ranges->second.own_code.Contains(registers.rip)) interventions_.InOwnCode(host_tid);
  if (shared.empty()) return;
  const auto touches_it = [&](const MemoryAccess& access) { return shared.Contains(access.address); };
  if (std::ranges::any_of(NextAccessesOf(host_tid, registers), touches_it)) interventions_.AtSharedMemory(host_tid);
}

void Director::Intervene(Task& task, Intervention::Action action, DividedInstruction next) {
  const pid_t host_tid = task.identity.host_tid;
  state_.stretches = interventions_.stretches();
  last_address_.erase(host_tid);
  if (action == Intervention::Action::kHold) {
    if (scheduler_) Log(task, Kind::kHeld);
    Held held{.host_tid = host_tid, .place = Place::kCallExit, .by = By::kIntervention};
    held.next = std::move(next);
    return Hold(task, std::move(held));
  }
  if (scheduler_) Log(task, Kind::kKilled);
  Process& process = state_.table.process(task.process);
  process.record.killed_on_purpose = true;
  static_cast<void>(os::SendSignal(process.pidfd, SIGKILL));
}

void Director::Ended(pid_t host_tid) {
  std::erase_if(held_, [host_tid](const Held& held) { return held.host_tid == host_tid; });
  to_keep_.erase(host_tid);
  last_address_.erase(host_tid);
  ranges_.erase(host_tid);
  interventions_.Ended(host_tid);
  state_.stretches = interventions_.stretches();
}

void Director::Dying(pid_t host_tid) {
  Ended(host_tid);
  if (scheduler_ || !interventions_.empty()) quiet_.Dying(host_tid);
}

bool Director::Direct() {
  if (FreeWhoWaitedForAHold()) return true;
  const Quiet::State others = quiet_.Look(state_.table);
  if (others == Quiet::State::kMoving) {
    timed_since_.reset();
    return false;
  }
  Turn turn = Choose();
  if (turn == held_.end()) {
    if (!IsTimeForHolds(others)) return false;
    turn = NextOfInterventions();
  }
  timed_since_.reset();
  LetGo(turn);
  return true;
}

// Whether somebody went on by that.
bool Director::FreeWhoWaitedForAHold() {
  for (Turn held = held_.begin(); held != held_.end(); ++held) {
    if (!held->until_hold || interventions_.IsToCome(*held->until_hold)) continue;
    held->until_hold.reset();
    held->by = By::kSchedule;
    if (scheduler_) continue;
    LetGo(held);
    return true;
  }
  return false;
}

// end() if there are only those whom interventions hold.
Director::Turn Director::Choose() {
  if (!scheduler_) return held_.end();
  std::vector<Scheduler::Candidate> candidates;
  std::vector<Turn> turns;
  for (Turn held = held_.begin(); held != held_.end(); ++held) {
    const Task* const task = state_.table.Find(held->host_tid);
    if (task == nullptr || held->by == By::kIntervention) continue;
    const bool at_entry = held->place == Place::kCallEntry;
    candidates.push_back({NameOf(*task), at_entry ? static_cast<int>(held->registers.orig_rax) : -1});
    turns.push_back(held);
  }
  if (candidates.empty()) return held_.end();
  const Scheduler::Choice choice = scheduler_->Choose(candidates);
  for (const std::size_t i : choice.put_back) {
    const Held& held = *turns[i];
    const bool at_entry = held.place == Place::kCallEntry;
    Log(*state_.table.Find(held.host_tid), Kind::kPutBack, at_entry ? &held.registers : nullptr);
  }
  return turns[choice.index];
}

// Whoever waits at a mark for a hold to come goes on last: one of the others may be on its way to that moment. In which
// order they came here is chance, and must not decide.
Director::Turn Director::NextOfInterventions() {
  const Turn turn = std::ranges::find_if(held_, [](const Held& held) { return !held.until_hold; });
  return turn == held_.end() ? held_.begin() : turn;
}

bool Director::IsTimeForHolds(Quiet::State others) {
  const SteadyTime now = std::chrono::steady_clock::now();
  if (!timed_since_) timed_since_ = now;
  return others == Quiet::State::kStill || now - *timed_since_ >= kTimedPatience;
}

void Director::LetGo(Turn turn) {
  const Held held = *turn;
  held_.erase(turn);
  Task* const task = state_.table.Find(held.host_tid);
  if (task == nullptr) return;
  task->held = false;
  quiet_.Moves(held.host_tid);
  current_ = held.host_tid;
  held.next.PutBack(held.host_tid);
  if (held.place == Place::kCallEntry) return LetCall(*task, held);
  if (scheduler_ && held.place == Place::kStart) Log(*task, Kind::kBegins);
  if (scheduler_ && held.place == Place::kCallExit) Log(*task, Kind::kReturns);
  GoOn(*task, held.signal);
}

// A task held before a call is not in it: signals that came meanwhile come before the call.
void Director::LetCall(Task& task, const Held& held) {
  if (HasSignalWaiting(held.host_tid)) {
    Log(task, Kind::kSignalFirst, &held.registers);
    TakeBack(held.host_tid, held.registers);
    os::Resume(held.host_tid, os::Continue::kFreely);
    return;
  }
  const bool sleeps = OnlySleeps(held.registers);
  Log(task, sleeps ? Kind::kSleepSkipped : Kind::kCalls, &held.registers);
  Enter(task, held.registers);
  if (sleeps) SkipCall(held.host_tid, held.registers);
  if (sleeps || held.registers.orig_rax == SYS_sched_yield) scheduler_->Slept(NameOf(task));
  GoOn(task);
}

void Director::Log(const Task& task, ScheduleStep::Kind kind, const user_regs_struct* call) {
  ScheduleStep step;
  step.kind = kind;
  step.process = task.process;
  step.thread = task.thread;
  step.tid = task.identity.tid;
  if (call != nullptr) DescribeCall(task.identity.host_tid, *call, step);
  state_.steps.Add(std::move(step));
}

}  // namespace grader::observe
