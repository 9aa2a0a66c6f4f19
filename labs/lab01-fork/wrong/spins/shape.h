// fork shape fan N, fork shape chain N, fork shape tree DEPTH
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <new>
#include <vector>

#include "basics.h"
#include "pipe.h"
#include "plan.h"

namespace lab {

// Where all processes of the tree meet before any may end.
struct MeetingPoint {
  Pipe arrivals;
  Pipe gate;
  std::atomic<bool>* gate_is_open = SharedFlag();
  pid_t program = getpid();

  static std::atomic<bool>* SharedFlag() {
    void* memory = mmap(nullptr, sizeof(std::atomic<bool>), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) Fail("mmap");
    return new (memory) std::atomic<bool>(false);
  }
};

constexpr char kHere = '.';
constexpr char kFailed = '!';  // could not build what was to be below

inline int Descend(MeetingPoint& meeting, const Plan& below, int number);

// Starts the children that plan wants. Returns whether all could be started; those that could are in children.
inline bool StartChildren(MeetingPoint& meeting, const Plan& plan, std::vector<pid_t>& children) {
  return Guarded([&] {
           for (const Plan& below : plan.children) {
             const int number = static_cast<int>(children.size());
             children.push_back(StartChild([&] { return Descend(meeting, below, number); }));
           }
           return 0;
         }) == 0;
}

inline bool AllEndedWell(const std::vector<pid_t>& children) {
  bool well = true;
  for (const pid_t child : children) well = WaitFor(child) == 0 && well;
  return well;
}

// The life of every process below the program. The program's first child waits in a busy loop, all others sleep.
inline int Descend(MeetingPoint& meeting, const Plan& below, int number) {
  meeting.gate.write_end.Close();
  meeting.arrivals.read_end.Close();
  std::vector<pid_t> children;
  const bool built = StartChildren(meeting, below, children);
  meeting.arrivals.write_end.Put(built ? kHere : kFailed);
  if (number == 0 && getppid() == meeting.program) {
    while (!meeting.gate_is_open->load()) continue;
  }
  while (meeting.gate.read_end.Get()) continue;
  return AllEndedWell(children) && built ? 0 : 1;
}

inline int Shape(const Plan& plan) {
  MeetingPoint meeting;
  std::vector<pid_t> children;
  bool built = StartChildren(meeting, plan, children);
  meeting.arrivals.write_end.Close();
  for (int missing = CountDescendants(plan); built && missing > 0; --missing) {
    built = meeting.arrivals.read_end.Get() == kHere;
  }
  meeting.gate_is_open->store(true);
  meeting.gate.write_end.Close();
  return AllEndedWell(children) && built ? 0 : 1;
}

}  // namespace lab
