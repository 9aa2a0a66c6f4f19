#include "grader/observe/run.h"

#include <linux/netlink.h>
#include <sys/socket.h>

#include <algorithm>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include "grader/observe/deadlock_detector.h"
#include "grader/observe/final_outcome.h"
#include "grader/observe/inspection.h"
#include "grader/observe/leftovers.h"
#include "grader/observe/monitor.h"
#include "grader/observe/run_state.h"
#include "grader/observe/socket_diagnosis.h"
#include "grader/observe/symbolizer.h"
#include "grader/observe/task_files.h"
#include "grader/observe/traced_calls.h"
#include "grader/observe/tracer.h"
#include "grader/os/pidfd.h"
#include "grader/os/ptrace.h"

namespace grader::observe {
namespace {

constexpr int kPage = 4096;
constexpr int kUsualPipe = 65536;  // pipe(7)

class ObservedRun : public Run {
 public:
  ObservedRun(sandbox::Spawner& spawner, RunRequest request);
  ~ObservedRun() override { EndNow(); }

  void Write(std::string_view bytes) override;
  void CloseInput() override;
  void HoldOutput() override;
  void ReleaseOutput() override;
  void Signal(int signal) override;
  bool WaitUntil(const std::function<bool(const Progress&)>& condition) override;
  os::Fd Socket(int domain, int type) override { return sandbox_->Socket(domain, type); }
  std::vector<TcpSocket> SocketTable() override { return Sockets(SocketDiagnosis::kAllStates); }
  std::vector<TcpSocket> ListeningSockets() override { return Sockets(1U << kTcpListen); }
  Rest LookForRest() override;
  Glimpse TakeGlimpse() override {
    const Inspection inspection(*sandbox_);
    return ReadGlimpse(sandbox_->init());
  }
  std::string DescriptorInfo(pid_t pid, int descriptor) override {
    const Inspection inspection(*sandbox_);
    return ReadDescriptorInfoInside(sandbox_->init(), pid, descriptor);
  }
  std::optional<Held> HoldFirst(const std::function<bool(const ThreadUse&)>& suits) override;
  void Stop() override;
  void StopAndTellPlaces() override;
  Observation Finish() override;

 private:
  void Attach();
  void EndNow() noexcept;
  void JoinThreads();
  Progress ProgressNow();
  std::vector<TcpSocket> Sockets(unsigned states);
  Observation Report();
  sandbox::Usage FinalUsage();
  std::vector<TaskPlace> PlacesOf(const std::map<pid_t, Stack>& stacks);
  void ExplainHeldTasks(Symbolizer& symbolizer, Observation& seen);

  RunRequest request_;
  std::unique_ptr<sandbox::Sandbox> sandbox_;
  RunState state_;
  os::Fd program_;  // a pidfd of the first process
  LeftoverWatch leftovers_;
  std::optional<Tracer> tracer_;
  std::optional<Monitor> monitor_;
  std::thread monitor_thread_;
  RestWatch rest_;
  std::optional<SocketDiagnosis> diagnosis_;
};

// Asked of the kernel now.
ThreadUse UseOf(const Task& task) {
  const pid_t host_tid = task.identity.host_tid;
  const auto counters = ReadCounters(host_tid).value_or(task.counters);
  const auto in_microseconds = [](std::chrono::nanoseconds time) {
    return std::chrono::duration_cast<std::chrono::microseconds>(time);
  };
  const char doing = ReadState(host_tid);
  return {task.process,
          task.identity.tid,
          in_microseconds(counters.run),
          in_microseconds(counters.wait),
          ReadVoluntarySwitches(host_tid),
          doing == 'S' || doing == 'D'};
}

sandbox::LaunchRequest LaunchRequestFor(const RunRequest& request) {
  return {request.command, request.files, request.limits, PolicyFor(request)};
}

sandbox::Sandbox& Prepared(const RunRequest& request, sandbox::Sandbox& sandbox) {
  if (request.prepare) request.prepare(sandbox);
  return sandbox;
}

// Only a tracer can hold somebody.
RunRequest Traceable(RunRequest request) {
  const bool directed = request.schedule.has_value() || !request.interventions.empty();
  if (directed && request.level == TraceLevel::kNone) request.level = TraceLevel::kLifecycle;
  return request;
}

ObservedRun::ObservedRun(sandbox::Spawner& spawner, RunRequest request)
    : request_(Traceable(std::move(request))),
      sandbox_(spawner.Launch(LaunchRequestFor(request_))),
      state_(std::chrono::steady_clock::now(), request_.limits.output),
      program_(os::OpenPidfd(sandbox_->target())),
      leftovers_(Prepared(request_, *sandbox_)) {
  state_.usage = sandbox_->usage();  // what has to be opened for it must be opened while init lives
  state_.input.pending = request_.input;
  state_.input.close_when_written = !request_.keep_input_open;
  try {
    Attach();
    monitor_.emplace(state_, *sandbox_, request_);
    sandbox_->Release();
    monitor_thread_ = std::thread(&Monitor::Main, &*monitor_);
  } catch (...) {
    EndNow();
    throw;
  }
}

void ObservedRun::Attach() {
  if (request_.level != TraceLevel::kNone) {
    tracer_.emplace(state_, request_, *sandbox_);
    return;
  }
  const auto identity = ReadIdentity(sandbox_->target());
  if (!identity) throw std::system_error(ESRCH, std::generic_category(), "the sandbox's target");
  const std::lock_guard lock(state_.mutex);
  state_.table.AddFirst(*identity);
}

void ObservedRun::EndNow() noexcept {
  sandbox_->Kill();
  JoinThreads();
}

void ObservedRun::JoinThreads() {
  if (monitor_thread_.joinable()) monitor_thread_.join();
  tracer_.reset();
}

void ObservedRun::Write(std::string_view bytes) {
  const std::lock_guard lock(state_.mutex);
  if (state_.input.close_when_written) return;
  state_.input.pending += bytes;
  state_.wake.Notify();
}

void ObservedRun::CloseInput() {
  const std::lock_guard lock(state_.mutex);
  state_.input.close_when_written = true;
  state_.wake.Notify();
}

void ObservedRun::HoldOutput() {
  const std::lock_guard lock(state_.mutex);
  state_.output_held = true;
  os::ResizePipe(sandbox_->Stdout(), kPage);
  state_.wake.Notify();
}

void ObservedRun::ReleaseOutput() {
  const std::lock_guard lock(state_.mutex);
  state_.output_held = false;
  os::ResizePipe(sandbox_->Stdout(), kUsualPipe);
  state_.wake.Notify();
}

void ObservedRun::Signal(int signal) { static_cast<void>(os::SendSignal(program_, signal)); }

Progress ObservedRun::ProgressNow() {
  Progress progress;
  progress.out = state_.out.head();
  progress.processes_alive = state_.table.processes_alive();
  progress.program_gone = state_.program_gone;
  progress.ended = state_.ended.has_value();
  progress.everybody_asleep = state_.everybody_asleep;
  progress.others_asleep = state_.others_asleep;
  progress.fair_time = state_.journal.clock().Read(std::chrono::steady_clock::now());
  progress.cpu_time = std::chrono::duration_cast<std::chrono::microseconds>(state_.usage.cpu_time);
  return progress;
}

bool ObservedRun::WaitUntil(const std::function<bool(const Progress&)>& condition) {
  std::unique_lock lock(state_.mutex);
  for (;;) {
    if (condition(ProgressNow())) return true;
    if (state_.ended) return false;
    state_.changed.wait(lock);
  }
}

std::vector<TcpSocket> ObservedRun::Sockets(unsigned states) {
  try {
    if (!diagnosis_) diagnosis_.emplace(sandbox_->Socket(AF_NETLINK, SOCK_DGRAM, NETLINK_SOCK_DIAG));
    if (auto sockets = diagnosis_->Read(states)) return std::move(*sockets);
  } catch (const std::system_error&) {  // not every kernel has it, and nobody answers when everything is dead
  }
  auto sockets = ReadTcpSockets(sandbox_->init());
  std::erase_if(sockets, [states](const TcpSocket& each) { return (states >> each.state & 1) == 0; });
  return sockets;
}

Rest ObservedRun::LookForRest() {
  RestWatch::Known known{.traced = request_.level != TraceLevel::kNone};
  bool bytes_wait = false;  // for the monitor to move them

  {
    const auto now = std::chrono::steady_clock::now();
    const std::lock_guard lock(state_.mutex);
    for (const Process& process : state_.table.processes()) {
      if (!process.alive()) continue;
      known.alive.insert(process.host_pid);
      known.alarmed |= std::max(process.itimer_until, process.timers_until) > now;
    }
    bytes_wait = (!state_.output_held && os::HasBytes(sandbox_->Stdout())) || os::HasBytes(sandbox_->Stderr()) ||
                 (!state_.input.pending.empty() && os::HasRoom(sandbox_->Stdin()));
  }
  const Inspection inspection(*sandbox_);
  const Rest rest = rest_.Look(sandbox_->init(), known);
  return bytes_wait ? Rest::kMoving : rest;
}

// It stays where its next stop is: at the signal that it is sent.
std::optional<Held> ObservedRun::HoldFirst(const std::function<bool(const ThreadUse&)>& suits) {
  const Inspection inspection(*sandbox_);
  std::unique_lock lock(state_.mutex);
  auto& tasks = state_.table.tasks();
  const auto suiting = [&](const auto& entry) { return !entry.second.held && suits(UseOf(entry.second)); };
  const auto found = std::ranges::find_if(tasks, suiting);
  if (request_.level == TraceLevel::kNone || found == tasks.end()) return std::nullopt;
  auto& [host_tid, task] = *found;
  Held held{task.process, task.identity.tid, {}};
  task.held = true;
  state_.freeze.wanted[host_tid] = {task.process, task.identity.tid, false, {}};
  state_.others_asleep = false;  // until the next sample
  os::AskToStop(task.identity.host_tgid, host_tid);
  const auto stopped = [&, tid = host_tid] { return state_.freeze.stacks.contains(tid); };
  const auto gone = [&, tid = host_tid] { return state_.ended || state_.table.Find(tid) == nullptr; };
  state_.changed.wait(lock, [&] { return stopped() || gone(); });
  if (!stopped()) return std::nullopt;
  held.then.at = state_.journal.Now();
  for (const auto& [other_tid, other] : tasks) held.then.threads.push_back(UseOf(other));
  return held;
}

void ObservedRun::Stop() {
  const std::lock_guard lock(state_.mutex);
  state_.stop_requested = true;
  state_.wake.Notify();
}

void ObservedRun::StopAndTellPlaces() {
  {
    const std::lock_guard lock(state_.mutex);
    state_.places_wanted = true;
  }
  Stop();
}

Observation ObservedRun::Finish() {
  {
    std::unique_lock lock(state_.mutex);
    state_.finishing = true;
    state_.input.close_when_written = true;
    state_.wake.Notify();
    state_.over.wait(lock, [this] { return state_.ended.has_value(); });
  }
  JoinThreads();
  if (state_.fault) std::rethrow_exception(state_.fault);
  return Report();
}

// The threads have ended: nothing is shared any more.
Observation ObservedRun::Report() {
  Observation seen;
  Symbolizer symbolizer(sandbox_->files());
  for (Process& process : state_.table.processes()) {
    process.record.created_at = symbolizer.Resolve(process.created_at);
    process.record.ended_at = symbolizer.Resolve(process.ended_at);
    seen.processes.push_back(std::move(process.record));
  }
  seen.level = request_.level;
  seen.usage = FinalUsage();
  ExplainHeldTasks(symbolizer, seen);
  seen.outcome = FinalOutcome(state_.cause, seen.processes.front(), seen.usage, request_.limits);
  seen.out = state_.out.Take(*state_.ended);
  seen.lines = state_.out.TakeLines();
  seen.err = state_.err.Take(*state_.ended);
  seen.calls = std::move(state_.calls);
  seen.processor_use = std::move(state_.processor_use);
  seen.stretches = std::move(state_.stretches);
  seen.steps = state_.steps.Take();
  for (const std::string& name : request_.collect) {
    if (auto content = leftovers_.Collect(name, request_.limits.file_size)) seen.collected[name] = std::move(*content);
  }
  seen.leftovers = leftovers_.Find(state_.system_v);
  seen.program_ended = state_.program_ended.value_or(*state_.ended);
  seen.ended = *state_.ended;
  seen.command = std::move(request_.command);
  seen.title = std::move(request_.title);
  return seen;
}

// What was used between the last look and the end is not lost where a cgroup counts.
sandbox::Usage ObservedRun::FinalUsage() {
  const sandbox::Usage last = sandbox_->usage();
  sandbox::Usage usage = state_.usage;
  usage.cpu_time = std::max(usage.cpu_time, last.cpu_time);
  usage.memory_peak = std::max(usage.memory_peak, last.memory_peak);
  usage.out_of_memory |= last.out_of_memory;
  usage.out_of_processes |= last.out_of_processes;
  return usage;
}

// Where everybody was when time was up or the caller stopped the run, in the order of the processes.
std::vector<TaskPlace> ObservedRun::PlacesOf(const std::map<pid_t, Stack>& stacks) {
  std::vector<TaskPlace> places;
  for (const auto& [host_tid, stack] : stacks) {
    const auto frozen = state_.freeze.wanted.find(host_tid);
    if (frozen == state_.freeze.wanted.end()) continue;
    places.push_back(frozen->second);
    places.back().stack = stack;
    const auto call = static_cast<long>(state_.freeze.stacks.at(host_tid).registers.orig_rax);
    if (call >= 0) places.back().call = static_cast<int>(call);
  }
  std::ranges::sort(places, {}, [](const TaskPlace& place) { return std::pair(place.process, place.tid); });
  return places;
}

// Of partial deadlocks the first is told that lasted: one whose processes were alive when the program ended.
void ObservedRun::ExplainHeldTasks(Symbolizer& symbolizer, Observation& seen) {
  std::map<pid_t, Stack> stacks;
  for (const auto& [host_tid, snapshot] : state_.freeze.stacks) stacks[host_tid] = symbolizer.Resolve(snapshot);
  if (state_.deadlock && state_.cause && std::holds_alternative<Deadlocked>(*state_.cause)) {
    state_.cause = Deadlocked{Explain(*state_.deadlock, stacks)};
    return;
  }
  if (auto* const end = state_.cause ? std::get_if<OutOfTime>(&*state_.cause) : nullptr) end->places = PlacesOf(stacks);
  if (auto* const end = state_.cause ? std::get_if<Stopped>(&*state_.cause) : nullptr) end->places = PlacesOf(stacks);
  const Moment end = state_.program_ended.value_or(*state_.ended);
  const auto lasted = [&](const WaitingTask& stuck) {
    const std::optional<Moment>& ended = seen.processes[static_cast<std::size_t>(stuck.task.process)].ended;
    return !ended || !(*ended < end);
  };
  const auto proof = std::ranges::find_if(
      state_.partial_deadlocks, [&](const DeadlockProof& each) { return std::ranges::all_of(each.stuck, lasted); });
  if (proof != state_.partial_deadlocks.end()) seen.partial_deadlock = Explain(*proof, stacks);
}

}  // namespace

std::unique_ptr<Run> Run::Start(sandbox::Spawner& spawner, RunRequest request) {
  return std::make_unique<ObservedRun>(spawner, std::move(request));
}

Observation Observe(sandbox::Spawner& spawner, RunRequest request) {
  return Run::Start(spawner, std::move(request))->Finish();
}

}  // namespace grader::observe
