#include "grader/observe/monitor.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>

#include "grader/observe/call_recorder.h"
#include "grader/observe/inspection.h"
#include "grader/observe/stop.h"
#include "grader/observe/task_files.h"
#include "grader/os/signal_mask.h"
#include "grader/sandbox/set_up_error.h"

namespace grader::observe {

using std::chrono::nanoseconds;
using std::chrono::steady_clock;

void Monitor::Main() {
  os::BlockSignalsInThisThread();
  const Inspection inspection(sandbox_);
  try {
    while (!IsDead()) Step();
    ReadAllFromNowOn();
    while (out_open_ && Drain(Stream::kOut)) {
    }
    while (err_open_ && Drain(Stream::kErr)) {
    }
    HandleNotices();
  } catch (...) {
    sandbox_.Kill();
    const std::lock_guard lock(state_.mutex);
    if (!state_.fault) state_.fault = std::current_exception();
  }
  const std::lock_guard lock(state_.mutex);
  state_.ended = state_.journal.Now();
  state_.table.CloseBooks();
  state_.changed.notify_all();
  state_.over.notify_all();
}

void Monitor::Step() {
  WaitForEvents();
  FeedInput();
  if (out_open_) Drain(Stream::kOut);
  if (err_open_) Drain(Stream::kErr);
  HandleNotices();
  if (!killed_ && steady_clock::now() >= next_tick_) Tick();
  if (request_.level == TraceLevel::kNone && state_.program_gone && !killed_) WatchUntraced();
  bool should_end = false;
  {
    const std::lock_guard lock(state_.mutex);
    if (state_.stop_requested) state_.EndAs(Stopped{});
    should_end = ShouldEnd();
  }
  if (should_end && !killed_) Kill();
}

void Monitor::ReadAllFromNowOn() {
  const std::lock_guard lock(state_.mutex);
  state_.output_held = false;
}

void Monitor::WaitForEvents() {
  bool has_input = false;
  bool out_held = false;
  {
    const std::lock_guard lock(state_.mutex);
    has_input = !state_.input.pending.empty();
    state_.dozing = period_ > kTick && !woken_;
    out_held = state_.output_held && !killed_;
  }
  // A descriptor of -1 is left out (poll(2)). Once init has ended its descriptors stay readable.
  const bool init_lives = !killed_;
  std::array<pollfd, 6> watched = {{{state_.wake.get(), POLLIN, 0},
                                    {init_lives ? sandbox_.notice_fd() : -1, POLLIN, 0},
                                    {sandbox_.pidfd(), POLLIN, 0},
                                    {has_input ? sandbox_.Stdin().get() : -1, POLLOUT, 0},
                                    {out_open_ && !out_held ? sandbox_.Stdout().get() : -1, POLLIN, 0},
                                    {err_open_ ? sandbox_.Stderr().get() : -1, POLLIN, 0}}};
  const auto until_tick = std::chrono::ceil<std::chrono::milliseconds>(next_tick_ - steady_clock::now());
  const int timeout = killed_ ? -1 : std::max(0, static_cast<int>(until_tick.count()));
  static_cast<void>(poll(watched.data(), watched.size(), timeout));
  state_.wake.Clear();
  const std::lock_guard lock(state_.mutex);
  if (period_ > kTick && !woken_ && !state_.dozing) WakeUp();
}

// Reads once. False if there is nothing to read now or ever.
bool Monitor::Drain(Stream stream) {
  os::Fd& pipe = stream == Stream::kOut ? sandbox_.Stdout() : sandbox_.Stderr();
  std::array<char, std::size_t{64} * 1024> buffer;
  const std::lock_guard lock(state_.mutex);  // what is no longer in the pipe is in the capture
  if (stream == Stream::kOut && state_.output_held && !killed_) return false;
  const ssize_t size = read(pipe.get(), buffer.data(), buffer.size());
  if (size <= 0) {
    if (size == 0) (stream == Stream::kOut ? out_open_ : err_open_) = false;
    return false;
  }
  OutputCapture& capture = stream == Stream::kOut ? state_.out : state_.err;
  capture.Append({buffer.data(), static_cast<std::size_t>(size)}, state_.journal.Now());
  if (capture.over_bound()) state_.EndAs(TooMuchOutput{});
  state_.changed.notify_all();
  return true;
}

void Monitor::FeedInput() {
  const std::lock_guard lock(state_.mutex);
  if (state_.stop_requested) return;
  os::Fd& pipe = sandbox_.Stdin();
  Input& input = state_.input;
  if (!pipe) return input.pending.clear();
  while (!input.pending.empty()) {
    const ssize_t size = write(pipe.get(), input.pending.data(), input.pending.size());
    if (size < 0 && errno == EAGAIN) return;
    if (size < 0) {  // nobody will ever read it
      input.pending.clear();
      pipe.Close();
      return;
    }
    input.pending.erase(0, static_cast<std::size_t>(size));
  }
  if (input.close_when_written) pipe.Close();
}

void Monitor::HandleNotices() {
  while (const auto notice = sandbox_.NextNotice()) {
    const std::lock_guard lock(state_.mutex);
    HandleNotice(*notice);
    state_.changed.notify_all();
  }
}

void Monitor::HandleNotice(const sandbox::Notice& notice) {
  using Kind = sandbox::Notice::Kind;
  switch (notice.kind) {
    case Kind::kSetUpFailed:
      if (!state_.fault) state_.fault = std::make_exception_ptr(sandbox::SetUpError(notice.detail));
      return;
    case Kind::kExecFailed:
      return state_.EndAs(CouldNotStart{notice.error});
    case Kind::kTargetEnded:
      state_.program_gone = true;
      return HandleReaped(notice);
    case Kind::kReaped:
      return HandleReaped(notice);
  }
}

void Monitor::HandleReaped(const sandbox::Notice& notice) {
  Process* process = notice.kind == sandbox::Notice::Kind::kTargetEnded ? &state_.table.process(0)
                                                                        : state_.table.FindUnreaped(notice.pid);
  if (process == nullptr) {
    if (request_.level != TraceLevel::kNone) return;
    // An orphan nobody had seen alive.
    const TaskIdentity identity{.tid = notice.pid, .pid = notice.pid};
    process = &state_.table.process(state_.table.AddFirst(identity).process);
  }
  if (process->alive() && request_.level == TraceLevel::kNone) {
    EndUntraced(*process, DecodeExit(notice.wait_status));
  }
  if (process->record.index == 0) {
    // The kernel's last word: of several threads that end together, none knows the process's status for sure.
    process->record.status = DecodeExit(notice.wait_status);
    if (!state_.program_ended) {
      state_.program_ended = state_.journal.Now();
      state_.table.MarkOutliving();
    }
  }
  state_.table.Reaped(*process, {ReapedBy::kInit, std::nullopt, 0});
}

void Monitor::Tick() {
  const SteadyTime now = steady_clock::now();
  const nanoseconds elapsed = now - last_tick_;
  std::vector<Sampler::Watched> tasks;
  {
    const std::lock_guard lock(state_.mutex);
    for (const auto& [host_tid, task] : state_.table.tasks()) {
      if (host_tid > 0) tasks.push_back({host_tid, task.process, task.in_group_stop, task.held});
    }
  }
  const Sample sample = sampler_.Look(tasks, elapsed);
  {
    const std::lock_guard lock(state_.mutex);
    state_.journal.clock().Tick(now, period_, sample.supply);
    AddActivity(state_.table, sample);
    if (request_.keep_processor_use) KeepProcessorUse(sample);
    SweepZombies();
    state_.everybody_asleep = sample.everybody_asleep;
    state_.others_asleep = sample.others_asleep;
    state_.changed.notify_all();  // at each sample: time itself may be what the caller waits for
  }
  CheckLimits();
  if (deadlocks_ && !HasProgramEnded()) deadlocks_->Look(now);
  last_tick_ = now;
  Pace(sample, steady_clock::now() - now);
}

// With the mutex held.
void Monitor::KeepProcessorUse(const Sample& sample) {
  if (state_.processor_use.size() >= kMostProcessorSamples) return;
  const auto in_microseconds = [](nanoseconds time) {
    return std::chrono::duration_cast<std::chrono::microseconds>(time);
  };
  ProcessorSample& kept = state_.processor_use.emplace_back();
  kept.at = state_.journal.Now();
  for (const TaskSample& seen : sample.tasks) {
    const Task* const task = state_.table.Find(seen.host_tid);
    if (task == nullptr) continue;
    kept.threads.push_back({seen.process, task->identity.tid, in_microseconds(seen.counters.run),
                            in_microseconds(seen.counters.wait), ReadVoluntarySwitches(seen.host_tid),
                            seen.mood != TaskMood::kRunning});
  }
}

// Looking costs at most a fiftieth of a processor, and less while nothing moves.
void Monitor::Pace(const Sample& sample, nanoseconds cost) {
  constexpr int kShare = 50;
  const nanoseconds slowest = kSlowestTick;
  calm_ = sample.everybody_asleep ? std::min(2 * calm_, slowest) : nanoseconds(kTick);
  shortest_ = std::clamp<nanoseconds>(kShare * cost, kTick, slowest);
  period_ = std::max(calm_, shortest_);
  next_tick_ = last_tick_ + period_;
  woken_ = false;
}

// Something moves again. Once is enough until the next tick, which cannot come any sooner.
void Monitor::WakeUp() {
  woken_ = true;
  calm_ = kTick;
  next_tick_ = std::min(next_tick_, steady_clock::now() + shortest_);
}

void Monitor::CheckLimits() {
  const sandbox::Usage usage = sandbox_.usage();
  const std::lock_guard lock(state_.mutex);
  const sandbox::Limits& limits = request_.limits;
  state_.usage = usage;
  if (usage.out_of_memory) state_.EndAs(OutOfMemory{});
  if (usage.out_of_processes) state_.EndAs(TooManyProcesses{});
  if (usage.cpu_time >= limits.cpu_time) state_.EndAs(OutOfTime{sandbox::Limit::kCpuTime});
  if (state_.journal.Now().fair_time >= limits.wall_time) state_.EndAs(OutOfTime{sandbox::Limit::kWallTime});
  const auto most = kPatience * limits.wall_time + std::chrono::minutes(1);
  if (steady_clock::now() - start_ > most) {
    throw std::runtime_error("the machine is too busy: a run got hardly any processor time for minutes");
  }
}

// Finds the dead children that the kernel reaped by itself, because their parent ignores SIGCHLD.
void Monitor::SweepZombies() {
  for (Process& process : state_.table.processes()) {
    if (process.alive() && !process.children.empty()) SweepReaped(state_.table, process);
  }
}

// Without a tracer, who outlives the program is found among init's descendants.
void Monitor::WatchUntraced() {
  std::vector<TaskIdentity> living;
  std::vector<pid_t> open = ReadChildren(sandbox_.init());
  while (!open.empty()) {
    const pid_t host_pid = open.back();
    open.pop_back();
    if (const auto identity = ReadIdentity(host_pid)) living.push_back(*identity);
    std::ranges::copy(ReadChildren(host_pid), std::back_inserter(open));
  }
  const std::lock_guard lock(state_.mutex);
  for (const TaskIdentity& identity : living) {
    if (state_.table.Find(identity.host_tid) == nullptr) {
      state_.table.process(state_.table.AddFirst(identity).process).record.outlived_program = true;
    }
  }
  for (Process& process : state_.table.processes()) {
    const bool is_there = std::ranges::count(living, process.host_pid, &TaskIdentity::host_tid) != 0;
    if (process.alive() && !is_there) EndUntraced(process, std::nullopt);
  }
}

void Monitor::EndUntraced(Process& process, std::optional<ExitStatus> status) {
  if (const Task* const task = state_.table.Find(process.host_pid)) {
    process.record.activity.cpu_time = std::chrono::duration_cast<std::chrono::microseconds>(task->counters.run);
  }
  state_.table.EndThread(process.host_pid);
  state_.table.EndProcess(process, status);
}

bool Monitor::NobodyAlive() const { return state_.table.processes_alive() == 0; }

// With the mutex held.
bool Monitor::ShouldEnd() const {
  if (state_.fault || state_.cause || state_.stop_requested) return true;
  if (!state_.program_ended || !state_.program_gone) return false;
  const auto since = state_.journal.clock().Read(steady_clock::now()) - state_.program_ended->fair_time;
  return NobodyAlive() || since >= request_.linger;
}

bool Monitor::HasProgramEnded() const {
  const std::lock_guard lock(state_.mutex);
  return state_.program_ended.has_value();
}

bool Monitor::PlacesAreWanted() const {
  const std::lock_guard lock(state_.mutex);
  if (!state_.cause) return false;
  return std::holds_alternative<OutOfTime>(*state_.cause) ||
         (std::holds_alternative<Stopped>(*state_.cause) && state_.places_wanted);
}

void Monitor::Kill() {
  if (deadlocks_) PlacesAreWanted() ? deadlocks_->HoldAllTasks() : deadlocks_->HoldStuckTasks();
  const sandbox::Usage usage = sandbox_.usage();
  {
    const std::lock_guard lock(state_.mutex);
    state_.table.MarkKilled();
    state_.usage = usage;
  }
  sandbox_.Kill();
  killed_ = true;
}

bool Monitor::IsDead() const {
  pollfd init{sandbox_.pidfd(), POLLIN, 0};
  if (poll(&init, 1, 0) != 1) return false;
  const std::lock_guard lock(state_.mutex);
  return state_.tracer_done;
}

}  // namespace grader::observe
