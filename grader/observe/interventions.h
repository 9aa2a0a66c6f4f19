// Where each marked stretch of a run is, and when its intervention is due.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "grader/observe/schedule.h"

namespace grader::observe {

// Pure book-keeping: it is told what tasks do and answers what to do with them. A call of a mark begins the first
// intervention of that mark that has not begun, so several interventions of one mark are for those who call it one
// after the other. Stretches of one task do not overlap: a mark inside another mark's stretch is not heeded.
class Interventions {
 public:
  // Throws std::invalid_argument for one that cannot be meant: an empty or too long mark, a negative moment.
  explicit Interventions(std::vector<Intervention> wanted);

  bool empty() const { return wanted_.empty(); }

  // The task is at the entry of prctl(PR_SET_NAME, name).
  void Named(pid_t task, int process, std::string_view name);

  // The hold that is yet to come in the stretch of another task, where the given name is its mark: whoever calls that
  // mark meanwhile must not get ahead of it.
  std::optional<std::size_t> HoldToCome(pid_t task, std::string_view name) const;
  bool IsToCome(std::size_t intervention) const;

  // By which units the task's way is counted now, if it is.
  std::optional<Intervention::Unit> UnitOf(pid_t task) const;

  // The task has done one of its units, or returned from the mark itself. What is to be done to it now, if anything.
  std::optional<Intervention::Action> Done(pid_t task);

  // Whether a task's way is only measured, and what is noted of it: its next instruction is of the program's own code;
  // touches shared memory.
  bool Measures(pid_t task) const;
  void InOwnCode(pid_t task) { Note(task, &Stretch::own_code); }
  void AtSharedMemory(pid_t task) { Note(task, &Stretch::shared); }

  // The task has ended, or runs another program now (execve(2)): its stretch is over.
  void Ended(pid_t task) { open_.erase(task); }

  // One for each intervention, in their order.
  const std::vector<Stretch>& stretches() const { return stretches_; }

  static constexpr std::size_t kLongestMark = 14;

 private:
  void Note(pid_t task, std::vector<int> Stretch::*moments);

  struct Open {
    std::size_t index = 0;
    bool at_mark = true;  // the mark's own call has not returned
  };
  std::vector<Intervention> wanted_;
  std::vector<Stretch> stretches_;
  std::map<pid_t, Open> open_;
};

}  // namespace grader::observe
