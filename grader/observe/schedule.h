// Rare interleavings on purpose: who goes on when, and what happens to whom at an exact moment.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace grader::observe {

// An order of steps among processes, drawn from a seed (RunRequest::schedule). All tasks but one are held at their
// system calls; a task of the highest priority that can go on is let go to its next call. Priorities are random and
// change at random steps (Burckhardt et al., "A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs",
// ASPLOS 2010): for every third seed at change_points steps at most, for the others as often as it comes, and never if
// change_points is 0. Steps at which it matters are likelier. Sleeping costs nothing: a sleep is skipped, and its
// caller may be made to go last. The same program takes the same steps for the same seed, as far as nothing but these
// tasks decides what it does.
struct Schedule {
  std::uint64_t seed = 1;
  int change_points = 3;
};

// What is done to one process at an exact moment: killed there, or held until nobody else can go on (all others have
// ended or sleep; one that sleeps for a time is waited for a tenth of a second). The moment is counted from a mark: the
// process calls prctl(PR_SET_NAME, mark); the first that does is meant, and of its threads the calling one is counted
// and held. The stretch ends when it calls prctl(PR_SET_NAME, mark + "."), or with the process or its program. A mark
// has at most 14 bytes.
//
// Who else calls the mark before a hold's moment has come waits there for it, as long as somebody can go on: so two
// processes that do the same can be made to meet at any two instructions. Several interventions of one mark are for the
// calls of it one after the other.
struct Intervention {
  enum class Unit { kCalls, kInstructions };
  enum class Action { kKill, kHold };

  static constexpr int kNever = std::numeric_limits<int>::max();  // for `after`: only the stretch is measured

  std::string mark;
  Unit unit = Unit::kCalls;
  // So many units of the stretch are done; 0: at the mark itself. A system call counts when it has returned; among
  // instructions it is one, like one that repeats itself. INT_MAX: only to learn the stretch's length.
  int after = 0;
  Action action = Action::kKill;
};

// What was seen of an intervention's stretch (Observation::stretches, in the order of RunRequest::interventions).
struct Stretch {
  bool begun = false;  // somebody reached the mark
  bool whole = false;  // and its end
  bool acted = false;  // the intervention took place
  int length = 0;      // units done in it: of a whole stretch, the last moment at which one can intervene
  // If only the length was asked for, in instructions: the moments at which the next instruction is of the program's
  // own file, not of a library, ascending.
  std::vector<int> own_code;
  std::vector<int> shared;  // likewise: it reads or writes memory that other processes may have, too
  int process = -1;         // index
};

// One step of a scheduled run (Observation::steps, the last ones in their order).
struct ScheduleStep {
  enum class Kind {
    kBegins,        // a new task, or one continued after SIGSTOP, goes on
    kCalls,         // makes the call and goes on until its next one, or until it sleeps
    kReturns,       // goes on after a call in which it had slept
    kPutBack,       // it was its turn, but now all others come first: a change point
    kSleepSkipped,  // the call would only have let time pass
    kSignalFirst,   // a signal that had come is handled before the call, which is then made anew
    kHeld,          // by an Intervention
    kKilled,        // by an Intervention
  };
  int number = 0;  // from 1
  Kind kind = Kind::kBegins;
  int process = 0;  // index
  std::size_t thread = 0;
  pid_t tid = 0;  // as seen inside
  int call = -1;  // SYS_...; -1 where it is about none
  std::uint64_t arguments[6] = {};
  std::string subject;                 // the path it is about, or the first bytes it writes
  std::optional<std::int64_t> result;  // as the kernel gives it, once it has returned
};

}  // namespace grader::observe
