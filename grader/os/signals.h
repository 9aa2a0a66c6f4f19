// Signals of the grader's own processes (signal(7)). All of it between fork and exec.
#pragma once

#include "grader/os/errno.h"

namespace grader::os {

// Default dispositions and an empty mask: what a program expects to be born with.
void ResetSignals() noexcept;

// Blocks SIGCHLD and SIGTERM; the descriptor becomes readable when a child ends or the caller is asked to end
// (signalfd(2)). -1 and errno on failure.
int WatchChildren() noexcept;

// Empties a descriptor of WatchChildren(). Whether the caller was asked to end.
enum class Asked { kNothing, kToEnd };
Asked DrainChildren(int watch) noexcept;

void UnblockAllSignals() noexcept;

}  // namespace grader::os
