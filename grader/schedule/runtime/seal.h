// That what a run tells is the runtime's, and not the student's code's.
//
// The report lies in memory that all code of the run can write. So the run also tells the server, over a socket, of
// each finding when it is made, and of the whole report when the run is over: what was told cannot be taken back, and a
// report that does not agree with it is not believed. Only the runtime's own code can use the socket, the orders and
// the results: a filter of system calls (seccomp(2)) looks from where they are made. The same filter refuses system
// calls from the program's own code and data, which no function of the runtime would see.
#pragma once

#include "grader/schedule/runtime/base.h"

namespace grader::schedule::runtime {

// Makes the sockets, and lets no code but the runtime's use it and these two. Where the kernel has no filters only the
// sockets are made.
void GuardChannels(int orders, int results);

// Whether the student's code has no business with it.
bool IsGuarded(int fd);

// In the server, before and after a run: whether the report is complete, and what was told.
void BeginSeal();
bool SealAgrees();

// Whether the report's arrays are as long as it says.
bool CountsFit(const Result& result);

// In the run: a finding was made; the report is complete.
void SealFinding();
void SealReport();

}  // namespace grader::schedule::runtime
