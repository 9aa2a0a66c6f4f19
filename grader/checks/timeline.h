// What happened in one run, event by event: what a picture of it is drawn from.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace grader::checks {

enum class LaneKind { kProgram, kProcess, kThread, kOutput };  // kProgram: the first process, whom nobody reaps

struct TimelineLane {
  LaneKind kind = LaneKind::kThread;
  std::string name;    // "process 4", "thread 2", "standard output"
  std::string origin;  // "forked at reap.cpp:31"; empty if unknown
};

enum class Happening {
  kBegins,  // other: who made it
  kDoes,    // a step or call; other: whom it is about
  kPrints,  // a line of output
  kBlocks,  // sleeps, until the next event of its lane or for ever; other: for whom it waits
  kGoesOn,  // what it had waited for has come
  kExecs,   // another program
  kEnds,    // it is a zombie from here on, if it is a process that somebody made
  kReaped,  // the zombie is gone; other: who waited for it
  kFails,   // the moment of the failure
};

struct TimelineEvent {
  std::size_t lane = 0;
  Happening what = Happening::kDoes;
  int other = -1;                   // a lane; -1: none, or one that is left out
  std::chrono::microseconds at{0};  // fair time since the program was released; 0 in an interleaving
  std::string text;                 // "status 0", "locks mutex m"; may be empty
  std::string place;                // "bank.cpp:31", if known
  std::vector<std::string> held;    // the locks that it holds here
};

// kLives: who lived when. kInterleaving: one step at a time, in an order that the grader chose.
enum class TimelineKind { kLives, kInterleaving };

struct Timeline {
  TimelineKind kind = TimelineKind::kLives;
  std::vector<TimelineLane> lanes;    // none: there is no picture
  std::vector<TimelineEvent> events;  // in their order
  std::size_t lanes_left_out = 0;
  std::size_t events_left_out = 0;  // from the middle
};

// What a timeline holds at most; a reader refuses more.
inline constexpr std::size_t kMostLanes = 24;
inline constexpr std::size_t kMostTimelineEvents = 240;
inline constexpr std::size_t kMostTimelineText = 240;  // bytes of each text
inline constexpr std::size_t kMostTimelineHeld = 4;    // of one event

}  // namespace grader::checks
