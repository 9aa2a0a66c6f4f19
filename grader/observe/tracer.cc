#include "grader/observe/tracer.h"

#include <csignal>
#include <functional>
#include <system_error>
#include <utility>

#include "grader/observe/inspection.h"
#include "grader/observe/run.h"
#include "grader/observe/task_files.h"
#include "grader/os/pidfd.h"
#include "grader/os/ptrace.h"
#include "grader/os/signal_mask.h"
#include "grader/os/wait.h"

namespace grader::observe {
namespace {

// Signals by which a program shows its own error, whose place is worth knowing.
bool IsCrash(int signal) {
  return signal == SIGSEGV || signal == SIGABRT || signal == SIGFPE || signal == SIGBUS || signal == SIGILL;
}

Creation CreationOf(Stop::Kind kind) {
  return kind == Stop::Kind::kFork ? Creation::kFork : kind == Stop::Kind::kVfork ? Creation::kVfork : Creation::kClone;
}

}  // namespace

Tracer::Tracer(RunState& state, const RunRequest& request, const sandbox::Sandbox& sandbox)
    : state_(state), recorder_(state, request.level), director_(state, recorder_, request) {
  std::promise<void> attached;
  std::future<void> result = attached.get_future();
  thread_ = std::thread(&Tracer::Main, this, std::cref(sandbox), std::move(attached));
  try {
    result.get();
  } catch (...) {
    thread_.join();
    throw;
  }
}

Tracer::~Tracer() { thread_.join(); }

void Tracer::Main(const sandbox::Sandbox& sandbox, std::promise<void> attached) {
  const pid_t target = sandbox.target();
  std::optional<Inspection> inspection;
  try {
    os::BlockSignalsInThisThread();
    os::Seize(target);
    inspection.emplace(sandbox);
    const std::lock_guard lock(state_.mutex);
    const auto identity = ReadIdentity(target);
    if (!identity) throw std::system_error(ESRCH, std::generic_category(), "the sandbox's target");
    Task& task = state_.table.AddFirst(*identity);
    state_.table.process(task.process).pidfd = os::OpenPidfd(target);
    state_.tracer_done = false;
  } catch (...) {
    attached.set_exception(std::current_exception());
    return;
  }
  attached.set_value();
  HandleEvents();
}

void Tracer::HandleEvents() {
  while (const auto event = NextEvent()) {
    const std::lock_guard lock(state_.mutex);
    try {
      if (given_up_) {
        os::Detach(event->task);
      } else {
        Handle(event->task, event->status);
      }
    } catch (...) {
      state_.fault = std::current_exception();
      GiveUp();
    }
  }
  const std::lock_guard lock(state_.mutex);
  state_.tracer_done = true;
  state_.wake.Notify();
}

// While somebody is held, there is something to do when nothing happens: then it is looked again and again, at first
// without a pause, because it mostly takes some microseconds until all have come to rest.
std::optional<os::WaitEvent> Tracer::NextEvent() {
  constexpr int kQuickLooks = 64;
  constexpr std::chrono::microseconds kPause{200};
  for (int looks = 0; director_.directs() && !given_up_; ++looks) {
    const auto event = os::LookForOwnTask();
    if (!event || event->task != 0) return event;
    std::unique_lock lock(state_.mutex);
    if (director_.Direct()) {
      looks = 0;
    } else if (looks < kQuickLooks) {
      lock.unlock();
      std::this_thread::yield();
    } else {
      state_.changed.wait_for(lock, kPause);
    }
  }
  return os::WaitForOwnTask();
}

// After a fault the run is worthless. The monitor kills it; until then nobody is held.
void Tracer::GiveUp() {
  given_up_ = true;
  for (const auto& [host_tid, task] : state_.table.tasks()) os::Detach(host_tid);
  state_.wake.Notify();
}

void Tracer::Handle(pid_t host_tid, int wait_status) {
  if (std::exchange(state_.dozing, false)) state_.wake.Notify();
  const Stop stop = DecodeStop(wait_status);
  if (stop.kind == Stop::Kind::kGone) return OnGone(host_tid, stop.status);
  // An exec by another thread than the leader is told in the leader's name, which may be gone from the table.
  if (stop.kind == Stop::Kind::kExec) return OnExec(host_tid);
  Task* const task = FindOrEnter(host_tid);
  if (task != nullptr) HandleStop(*task, stop);
}

void Tracer::HandleStop(Task& task, const Stop& stop) {
  const pid_t host_tid = task.identity.host_tid;
  if (stop.kind == Stop::Kind::kExit) return OnExit(task);
  if (HoldIfFrozen(task)) return;
  switch (stop.kind) {
    case Stop::Kind::kFork:
    case Stop::Kind::kVfork:
    case Stop::Kind::kClone:
      return OnCreation(task, CreationOf(stop.kind));
    case Stop::Kind::kCallEntry:
      return director_.AtCallEntry(task);
    case Stop::Kind::kCallExit:
      return director_.AtCallExit(task);
    case Stop::Kind::kSignal:
      return OnSignal(task, stop.signal);
    case Stop::Kind::kGroupStop:
      task.in_group_stop = true;
      os::Resume(host_tid, os::Continue::kStayStopped);
      return;
    default:
      task.in_group_stop = false;
      return director_.AtStart(task);
  }
}

Task* Tracer::FindOrEnter(pid_t host_tid) {
  if (Task* const task = state_.table.Find(host_tid)) return task;
  const auto identity = ReadIdentity(host_tid);
  if (!identity) return nullptr;  // killed a moment ago; its death will be told
  Task& task = state_.table.Appeared(*identity);
  Process& process = state_.table.process(task.process);
  if (!process.pidfd) process.pidfd = os::OpenPidfd(identity->host_tgid);
  state_.changed.notify_all();
  return &task;
}

void Tracer::OnGone(pid_t host_tid, ExitStatus status) {
  director_.Ended(host_tid);
  if (dying_.erase(host_tid) != 0) return;
  Task* const task = state_.table.Find(host_tid);
  if (task == nullptr) {
    gone_early_[host_tid] = status;
    return;
  }
  Process& process = state_.table.process(task->process);
  process.record.activity.cpu_time += std::chrono::duration_cast<std::chrono::microseconds>(task->counters.run);
  const bool last = state_.table.IsLastThread(*task);
  state_.table.EndThread(host_tid);
  if (last) EndProcess(process, status);
}

void Tracer::OnCreation(Task& creator, Creation creation) {
  const pid_t creator_tid = creator.identity.host_tid;
  const auto message = os::EventMessage(creator_tid);
  if (!message) return;
  const pid_t child_tid = static_cast<pid_t>(*message);
  std::optional<TaskIdentity> identity = ReadIdentity(child_tid);
  if (!identity && state_.table.Knows(child_tid)) identity = TaskIdentity{.host_tid = child_tid};
  if (identity) {
    const bool is_new = !state_.table.Knows(child_tid);
    Process& created = state_.table.Created(creator, *identity, creation);
    if (created.record.index != creator.process) {
      if (created.alive() && !created.pidfd) created.pidfd = os::OpenPidfd(created.host_pid);
      KeepCreationStack(creator, created);
    }
    if (const auto early = gone_early_.extract(child_tid); is_new && !early.empty()) OnGone(child_tid, early.mapped());
    state_.changed.notify_all();
  }
  director_.GoOn(creator);
}

void Tracer::KeepCreationStack(const Task& creator, Process& child) {
  if (creation_stacks_ >= kCreationStacks) return;
  ++creation_stacks_;
  child.created_at = Capture(creator);
}

StackSnapshot Tracer::Capture(const Task& task) {
  const auto registers = os::Registers(task.identity.host_tid);
  if (!registers) return {};
  Process& process = state_.table.process(task.process);
  StackSnapshot snapshot = CaptureStack(task.identity.host_tid, *registers, process.maps);
  if (!snapshot.empty()) process.maps = snapshot.maps;
  return snapshot;
}

void Tracer::OnExec(pid_t host_tid) {
  const auto former = os::EventMessage(host_tid);
  if (!former || state_.table.Find(static_cast<pid_t>(*former)) == nullptr) {
    os::Resume(host_tid, os::Continue::kFreely);
    return;
  }
  director_.Ended(static_cast<pid_t>(*former));
  Task& task = state_.table.Execed(host_tid, static_cast<pid_t>(*former), ReadProgram(host_tid));
  Process& process = state_.table.process(task.process);
  process.record.open_at_start = ReadDescriptors(host_tid);
  process.maps.reset();
  director_.GoOn(task);
}

void Tracer::OnExit(Task& task) {
  const pid_t host_tid = task.identity.host_tid;
  const auto message = os::EventMessage(host_tid);
  if (!message) return;
  Process& process = state_.table.process(task.process);
  const ExitStatus status = DecodeExit(static_cast<int>(*message));
  TakeLastReadings(task);
  if (state_.stuck_tasks.contains(host_tid)) state_.freeze.stacks.try_emplace(host_tid, Capture(task));
  const bool last = state_.table.IsLastThread(task);
  if (status.signaled && status.code == task.crash_signal) process.ended_at = std::move(task.crash);
  if (last) process.record.open_at_exit = ReadDescriptors(host_tid);
  state_.table.EndThread(host_tid);
  if (last) EndProcess(process, status);
  director_.Dying(host_tid);
  if (!os::Detach(host_tid)) dying_.insert(host_tid);
}

void Tracer::TakeLastReadings(Task& task) {
  const pid_t host_tid = task.identity.host_tid;
  if (const auto counters = ReadCounters(host_tid)) task.counters = *counters;
  ProcessRecord& record = state_.table.process(task.process).record;
  Activity& activity = record.activity;
  const auto cpu_time = std::chrono::duration_cast<std::chrono::microseconds>(task.counters.run);
  record.threads.at(task.thread).cpu_time = cpu_time;
  activity.cpu_time += cpu_time;
  activity.voluntary_switches += ReadVoluntarySwitches(host_tid);
}

void Tracer::EndProcess(Process& process, ExitStatus status) {
  // Who reaped the reaped children of a process that ends is known from its wait calls; this is for the rest.
  SweepReaped(state_.table, process);
  if (process.record.parent >= 0) {
    process.parent_slices = SlicesOf(state_.table, state_.table.process(process.record.parent));
  }
  state_.table.EndProcess(process, status);
  if (process.record.index == 0) {
    state_.program_ended = process.record.ended;
    state_.table.MarkOutliving();
  }
  if (state_.program_ended) state_.wake.Notify();
  state_.changed.notify_all();
}

void Tracer::OnSignal(Task& task, int signal) {
  if (IsCrash(signal)) {
    task.crash = Capture(task);
    task.crash_signal = signal;
  }
  director_.AtSignal(task, signal);
}

bool Tracer::HoldIfFrozen(const Task& task) {
  const pid_t host_tid = task.identity.host_tid;
  if (!state_.freeze.wanted.contains(host_tid)) return false;
  state_.freeze.stacks.try_emplace(host_tid, Capture(task));
  if (state_.freeze.complete()) state_.changed.notify_all();
  return true;
}

}  // namespace grader::observe
