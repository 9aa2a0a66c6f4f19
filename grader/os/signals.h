// Signals of the grader's own processes (signal(7)). All of it between fork and exec.
#pragma once

#include "grader/os/errno.h"

namespace grader::os {

// Default dispositions and an empty mask: what a program expects to be born with.
void ResetSignals() noexcept;

// Blocks SIGCHLD; the descriptor becomes readable when a child ends (signalfd(2)). -1 and errno on failure.
int WatchChildren() noexcept;

// Empties a descriptor of WatchChildren().
void DrainChildren(int watch) noexcept;

void UnblockAllSignals() noexcept;

}  // namespace grader::os
