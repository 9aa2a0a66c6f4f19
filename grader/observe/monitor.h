// The thread that keeps a run going and ends it: moves its input and output, watches time and limits, sees the end.
#pragma once

#include <optional>

#include "grader/observe/deadlock_watch.h"
#include "grader/observe/run.h"
#include "grader/observe/run_state.h"
#include "grader/observe/sampler.h"

namespace grader::observe {

// Main() is the thread; it returns when everything inside the sandbox is dead and all its output is read. Only it uses
// the sandbox meanwhile, except for Sandbox::Kill().
class Monitor {
 public:
  Monitor(RunState& state, sandbox::Sandbox& sandbox, const RunRequest& request)
      : state_(state), sandbox_(sandbox), request_(request) {
    if (request.level != TraceLevel::kNone) deadlocks_.emplace(state, sandbox);
  }

  void Main();

 private:
  enum class Stream { kOut, kErr };

  void Step();
  void WaitForEvents();
  void ReadAllFromNowOn();
  bool Drain(Stream stream);
  void FeedInput();
  void HandleNotices();
  void HandleNotice(const sandbox::Notice& notice);
  void HandleReaped(const sandbox::Notice& notice);

  void Tick();
  void KeepProcessorUse(const Sample& sample);
  void Pace(const Sample& sample, std::chrono::nanoseconds cost);
  void WakeUp();
  void CheckLimits();
  void SweepZombies();
  void WatchUntraced();
  void EndUntraced(Process& process, std::optional<ExitStatus> status);

  bool ShouldEnd() const;
  bool NobodyAlive() const;
  bool HasProgramEnded() const;
  bool PlacesAreWanted() const;
  void Kill();
  bool IsDead() const;

  RunState& state_;
  sandbox::Sandbox& sandbox_;
  const RunRequest& request_;
  std::optional<DeadlockWatch> deadlocks_;  // only of a traced run
  Sampler sampler_;
  SteadyTime start_ = std::chrono::steady_clock::now();
  SteadyTime last_tick_ = start_;
  SteadyTime next_tick_ = last_tick_ + kTick;
  std::chrono::nanoseconds period_ = kTick;    // from the last tick to the next, as it was planned
  std::chrono::nanoseconds calm_ = kTick;      // grows while nothing moves
  std::chrono::nanoseconds shortest_ = kTick;  // so that looking does not cost much
  bool woken_ = false;                         // out of a doze, since the last tick
  bool out_open_ = true;
  bool err_open_ = true;
  bool killed_ = false;

  static constexpr int kPatience = 20;  // times the limit of fair time may pass on a clock on the wall
  static constexpr std::chrono::milliseconds kTick{5};
  static constexpr std::chrono::milliseconds kSlowestTick{40};
};

}  // namespace grader::observe
