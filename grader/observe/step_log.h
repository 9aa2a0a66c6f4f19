// The steps of a scheduled run, for showing it to a student.
#pragma once

#include <sys/types.h>
#include <sys/user.h>

#include <cstdint>
#include <deque>
#include <vector>

#include "grader/observe/schedule.h"
#include "grader/observe/scheduler.h"

namespace grader::observe {

// Keeps the last ones.
class StepLog {
 public:
  void Add(ScheduleStep step);

  // The task's last call has returned.
  void Returned(const Scheduler::Name& task, std::int64_t result);

  std::vector<ScheduleStep> Take() const { return {steps_.begin(), steps_.end()}; }

  static constexpr std::size_t kSteps = 512;

 private:
  std::deque<ScheduleStep> steps_;
  int added_ = 0;
};

// Fills in the call a stopped task is at the entry of: number, arguments, and the path or the bytes it is about.
void DescribeCall(pid_t host_tid, const user_regs_struct& registers, ScheduleStep& step);

}  // namespace grader::observe
