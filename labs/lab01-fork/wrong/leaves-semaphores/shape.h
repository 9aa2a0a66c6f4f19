// fork shape fan N, fork shape chain N, fork shape tree DEPTH
#pragma once

#include <fcntl.h>
#include <semaphore.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "basics.h"
#include "pipe.h"
#include "plan.h"

namespace lab {

// Where all processes of the tree meet before any may end.
struct MeetingPoint {
  Pipe arrivals;
  sem_t* gate = OpenGate();

  // Named, and never unlinked: it stays in /dev/shm.
  static sem_t* OpenGate() {
    sem_t* gate = sem_open(("/fork-gate-" + std::to_string(getpid())).c_str(), O_CREAT, 0600, 0);
    if (gate == SEM_FAILED) Fail("sem_open");
    return gate;
  }
};

constexpr char kHere = '.';
constexpr char kFailed = '!';  // could not build what was to be below

inline int Descend(MeetingPoint& meeting, const Plan& below);

// Starts the children that plan wants. Returns whether all could be started; those that could are in children.
inline bool StartChildren(MeetingPoint& meeting, const Plan& plan, std::vector<pid_t>& children) {
  return Guarded([&] {
           for (const Plan& below : plan.children) {
             children.push_back(StartChild([&] { return Descend(meeting, below); }));
           }
           return 0;
         }) == 0;
}

inline bool AllEndedWell(const std::vector<pid_t>& children) {
  bool well = true;
  for (const pid_t child : children) well = WaitFor(child) == 0 && well;
  return well;
}

// The life of every process below the program.
inline int Descend(MeetingPoint& meeting, const Plan& below) {
  meeting.arrivals.read_end.Close();
  std::vector<pid_t> children;
  const bool built = StartChildren(meeting, below, children);
  meeting.arrivals.write_end.Put(built ? kHere : kFailed);
  while (sem_wait(meeting.gate) == -1 && errno == EINTR) continue;
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
  for (int leaving = CountDescendants(plan); leaving > 0; --leaving) sem_post(meeting.gate);
  return AllEndedWell(children) && built ? 0 : 1;
}

}  // namespace lab
