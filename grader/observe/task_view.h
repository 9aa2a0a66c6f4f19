// What the deadlock detector has to be told; everything else it reads from the kernel itself.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <vector>

namespace grader::observe {

// One living task (thread) of a run, as the tracer knows it.
struct TaskView {
  int process = 0;      // index into Observation::processes
  pid_t host_tid = 0;   // as a process id of the machine
  pid_t host_tgid = 0;  // of its process
  pid_t tid = 0;        // as seen inside
  pid_t pid = 0;        // of its process, as seen inside

  // Until when a timer of its process may still send a signal (alarm(2), setitimer(2) with ITIMER_REAL,
  // timer_settime(2)): min() if none was ever armed, max() if it repeats or its end is not known.
  std::chrono::steady_clock::time_point alarmed_until = std::chrono::steady_clock::time_point::min();
};

// The two inodes of socketpair(2): a read of one can be ended by who holds the other.
struct SocketPair {
  ino_t first = 0;
  ino_t second = 0;
};

// A run at one moment. Taken before each DeadlockDetector::Watch(): what the grader itself may still do to the program
// must be known before the program's tasks are looked at.
struct RunView {
  pid_t init = 0;  // the sandbox's init, as a process id of the machine; every task of the run descends from it
  std::vector<TaskView> tasks;

  ino_t input_pipe = 0;          // the pipe behind the program's stdin
  ino_t output_pipes[2] = {};    // those behind stdout and stderr; the grader always drains them
  bool input_open = false;       // the grader holds the writing end of input_pipe, or has bytes left to write
  bool may_be_signaled = false;  // the check may still call Run::Signal(), so a wait for a signal is not hopeless
  std::vector<SocketPair> socket_pairs;  // where seen; only makes explanations better
};

}  // namespace grader::observe
