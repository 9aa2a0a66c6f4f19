#pragma once

#include <sys/types.h>

#include <cstddef>
#include <map>
#include <utility>

#include "grader/checks/timeline.h"
#include "grader/observe/observation.h"

namespace grader::checks {

// Chooses who of a run gets a lane in its picture, and gives numbers to them: the unusual processes first (the program,
// zombies, orphans, who crashed or was left behind), then the others, then threads; one lane is left for the output.
// Whoever gets none is counted in `lanes_left_out`. All numbers are indices of Timeline::lanes, -1 for no lane.
class RunLanes {
 public:
  using TaskKey = std::pair<int, std::size_t>;  // process and thread, both as indices

  // Both must live as long as this.
  RunLanes(const observe::Observation& run, Timeline& timeline);

  int Of(const TaskKey& task) const;
  int OfProcess(int index) const { return Of({index, 0}); }

  // The thread of that id; else its process.
  int Of(int process, pid_t tid) const;

  int OfPid(pid_t pid) const;

  // A thread of any process.
  int OfThread(pid_t tid) const;

 private:
  static constexpr std::size_t kMostTasks = kMostLanes - 1;  // one lane is for the output

  void Add(const TaskKey& task);
  void AddThreads(int index);

  const observe::Observation& run_;
  Timeline& timeline_;
  std::map<TaskKey, int> numbers_;
};

}  // namespace grader::checks
