// All waits for tracees go through here (waitpid(2)), so that nobody eats somebody else's child.
#pragma once

#include <sys/types.h>

#include <optional>

namespace grader::os {

// What a wait told about one task: its id and its wait status, undecoded.
struct WaitEvent {
  pid_t task = 0;
  int status = 0;
};

// Sleeps until a child or tracee of the calling thread has something to tell; those of other threads are left alone
// (__WNOTHREAD). Empty when there is none left at all. Throws std::system_error.
std::optional<WaitEvent> WaitForOwnTask();

// The same without sleeping: the task is 0 if none has anything to tell now.
std::optional<WaitEvent> LookForOwnTask();

}  // namespace grader::os
