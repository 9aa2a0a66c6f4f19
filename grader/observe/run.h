#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grader/observe/glimpse.h"
#include "grader/observe/observation.h"
#include "grader/observe/rest.h"
#include "grader/observe/schedule.h"
#include "grader/observe/sockets.h"
#include "grader/os/fd.h"
#include "grader/sandbox/spawner.h"

namespace grader::observe {

struct RunRequest {
  sandbox::Command command;
  sandbox::Files files;
  sandbox::Limits limits;
  TraceLevel level = TraceLevel::kLifecycle;
  std::string title;             // what the run is called in messages, instead of its command line
  std::string input;             // written to stdin at the start
  bool keep_input_open = false;  // true: stdin stays open until CloseInput()

  // How long, in fair time, other processes may live on after the first one has ended before they count as strays and
  // are killed.
  std::chrono::milliseconds linger{100};

  // Who goes on when. Every system call that others can notice stops its task then, whatever the level; a run with a
  // schedule or an intervention is for finding wrong orders, not for judging pace or CPU time.
  std::optional<Schedule> schedule;
  std::vector<Intervention> interventions;

  // Called once, when the sandbox stands and before the program is released: to put files into /work
  // (Sandbox::OpenInside), or to listen inside its network (Sandbox::Socket). What is there then is no leftover.
  std::function<void(sandbox::Sandbox&)> prepare = {};

  // Whether to keep who computed when (Observation::processor_use).
  bool keep_processor_use = false;

  // Names of files in the private /work that are handed over in Observation::collected.
  std::vector<std::string> collect;
};

// What can be asked of a run while it goes on.
struct Progress {
  std::string_view out;  // so far (head only)
  std::size_t processes_alive = 0;
  bool program_gone = false;  // its first process, and all that it held; others may live on for the linger time
  bool ended = false;
  bool everybody_asleep = false;           // all tasks sleep, at the last sample
  bool others_asleep = false;              // all tasks that are not held
  std::chrono::microseconds fair_time{0};  // since the program was released
  std::chrono::microseconds cpu_time{0};   // used by all its tasks, at the last sample
};

// A task that was stopped while the others go on.
struct Held {
  int process = 0;
  pid_t tid = 0;  // as seen inside
  ProcessorSample then;
};

// One program under observation. All its output is drained always.
class Run {
 public:
  // Launches, attaches and releases. Throws what Spawner::Launch throws.
  static std::unique_ptr<Run> Start(sandbox::Spawner& spawner, RunRequest request);

  virtual ~Run() = default;  // kills what still runs

  // To the program's stdin, as far as it reads; never blocks the observer. After CloseInput() it does nothing.
  virtual void Write(std::string_view bytes) = 0;
  virtual void CloseInput() = 0;

  // Reads no more of its stdout, until the other call or the end: who prints more than a page sleeps in that call, in
  // whatever it was about. Nothing is lost.
  virtual void HoldOutput() = 0;
  virtual void ReleaseOutput() = 0;

  // Sends a signal to the program's first process (kill(2)). Nothing if it has ended.
  virtual void Signal(int signal) = 0;

  // Sleeps until condition is true or the run has ended (also by a limit). Returns whether it became true. The
  // condition is asked at every change and every few milliseconds; it must not call this run.
  virtual bool WaitUntil(const std::function<bool(const Progress&)>& condition) = 0;

  // A socket made inside the run's network (socket(2)), close-on-exec. From any thread. Throws std::system_error once
  // everything is dead.
  virtual os::Fd Socket(int domain, int type) = 0;

  // All TCP sockets of that network now, those of the grader's clients included.
  virtual std::vector<TcpSocket> SocketTable() = 0;
  // Only those that listen, which is cheaper.
  virtual std::vector<TcpSocket> ListeningSockets() = 0;

  // Whether anybody has moved since the last call, asked of the kernel now. The first answer is kMoving. From one
  // thread at a time, like TakeGlimpse() and DescriptorInfo().
  virtual Rest LookForRest() = 0;

  // What lives now.
  virtual Glimpse TakeGlimpse() = 0;

  // /proc/PID/fdinfo/N of a process by its number inside; empty if there is none (proc_pid_fdinfo(5)).
  virtual std::string DescriptorInfo(pid_t pid, int descriptor) = 0;

  // Stops the first task that suits, wherever it is, for the rest of the run; the others go on, until they need it.
  // What all had used at that moment, or nothing if no task suits, or if it ended just then. Only in a run that is
  // watched.
  virtual std::optional<Held> HoldFirst(const std::function<bool(const ThreadUse&)>& suits) = 0;

  // Ends the run now; its outcome is Stopped unless something else came first.
  virtual void Stop() = 0;
  // The same; the outcome then tells where each task was, if the run was watched.
  virtual void StopAndTellPlaces() = 0;

  // Sleeps until the run has ended and everything is dead, and tells all. Called once, as nothing more will be written
  // or sent: stdin is closed when all that is pending has been read.
  virtual Observation Finish() = 0;
};

// Start() and Finish(). A fault of the grader or machine is an exception, never an Outcome of the student.
Observation Observe(sandbox::Spawner& spawner, RunRequest request);

}  // namespace grader::observe
