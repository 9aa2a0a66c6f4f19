// The steps of a scheduled run, told to a student.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "grader/observe/observation.h"

namespace grader::observe {

// One plain line for each of the last steps of a scheduled run, oldest first: "31. child 1: write(1, "done") = 4",
// "32. child 2 is put back before pause()". Empty for a run without a schedule.
std::vector<std::string> TellSteps(const Observation& seen, std::size_t last);

// "the program", "child 2" of it, "process 4"; a thread that is not its process's first is told too.
std::string NameOf(const Observation& seen, const ScheduleStep& step);

// A system call with those of its arguments that mean something to the eye: "kill(4, SIGUSR1)".
std::string TellCall(const ScheduleStep& step);

}  // namespace grader::observe
