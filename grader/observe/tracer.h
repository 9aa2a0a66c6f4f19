// The thread that attaches to a program and handles every stop of its processes and threads (ptrace(2)).
#pragma once

#include <sys/types.h>

#include <future>
#include <optional>
#include <thread>
#include <unordered_map>
#include <unordered_set>

#include "grader/observe/call_recorder.h"
#include "grader/observe/director.h"
#include "grader/observe/run_state.h"
#include "grader/observe/stop.h"
#include "grader/os/wait.h"

namespace grader::observe {

// All ptrace calls and waits of a run are made by one thread, because a tracee belongs to the thread that attached. It
// ends when no tracee is left, so whoever destroys a Tracer must have killed the program, or know that it ended.
//
// A task is let go at its exit event, not at its death: a tracee that dies would be a zombie for the tracer first, and
// its parent's waitpid would see it late.
class Tracer {
 public:
  // Attaches to the target, which waits to be released. Throws std::system_error.
  Tracer(RunState& state, const RunRequest& request, const sandbox::Sandbox& sandbox);
  ~Tracer();

  static constexpr int kCreationStacks = 512;  // as many are kept

 private:
  void Main(const sandbox::Sandbox& sandbox, std::promise<void> attached);
  void HandleEvents();
  std::optional<os::WaitEvent> NextEvent();
  void Handle(pid_t host_tid, int wait_status);
  void HandleStop(Task& task, const Stop& stop);
  Task* FindOrEnter(pid_t host_tid);

  void OnGone(pid_t host_tid, ExitStatus status);
  void OnCreation(Task& creator, Creation creation);
  void OnExec(pid_t host_tid);
  void OnExit(Task& task);
  void OnSignal(Task& task, int signal);

  void EndProcess(Process& process, ExitStatus status);
  void TakeLastReadings(Task& task);
  void KeepCreationStack(const Task& creator, Process& child);
  StackSnapshot Capture(const Task& task);
  bool HoldIfFrozen(const Task& task);
  void GiveUp();

  RunState& state_;
  CallRecorder recorder_;
  Director director_;
  std::unordered_set<pid_t> dying_;                   // told to go on from their exit event but were killed in it
  std::unordered_map<pid_t, ExitStatus> gone_early_;  // killed before anything was heard of them
  int creation_stacks_ = 0;
  bool given_up_ = false;
  std::thread thread_;
};

}  // namespace grader::observe
