// fork shape fan N, fork shape chain N, fork shape tree DEPTH
#pragma once

#include <sys/types.h>

#include <vector>

#include "basics.h"
#include "pipe.h"
#include "plan.h"

namespace lab {

// Where all processes of the tree meet before any may end. Each arrival is a byte for the program; the gate opens when
// the program closes the only writing end of that pipe, so it opens also if the program dies.
struct MeetingPoint {
  Pipe arrivals;
  Pipe gate;
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
  meeting.gate.write_end.Close();  // or the gate would never open: end of file needs every copy closed
  meeting.arrivals.read_end.Close();
  std::vector<pid_t> children;
  const bool built = StartChildren(meeting, below, children);
  meeting.arrivals.write_end.Put(built ? kHere : kFailed);
  while (meeting.gate.read_end.Get()) continue;
  return built ? 0 : 1;
}

inline int Shape(const Plan& plan) {
  MeetingPoint meeting;
  std::vector<pid_t> children;
  bool built = StartChildren(meeting, plan, children);
  meeting.arrivals.write_end.Close();
  for (int missing = CountDescendants(plan); built && missing > 0; --missing) {
    built = meeting.arrivals.read_end.Get() == kHere;
  }
  meeting.gate.write_end.Close();
  return AllEndedWell(children) && built ? 0 : 1;
}

}  // namespace lab
