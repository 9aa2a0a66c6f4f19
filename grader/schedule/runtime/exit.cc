#include "grader/schedule/runtime/exit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "grader/schedule/runtime/fibers.h"
#include "grader/schedule/runtime/local_storage.h"
#include "grader/schedule/runtime/locks.h"
#include "grader/schedule/runtime/original.h"
#include "grader/schedule/runtime/report.h"
#include "grader/schedule/runtime/scheduler.h"
#include "grader/schedule/runtime/server.h"
#include "grader/schedule/runtime/thread_calls.h"

namespace grader::schedule::runtime {
namespace {

Thread* exiting = nullptr;
int exit_status = 0;

void EnterMain() {
  Thread& main = *current;
  in_run = true;
  BeginSchedule();
  main.exit_frame = AddressOf(__builtin_frame_address(0));
  if (__builtin_setjmp(main.exit_buffer) == 0) exit(CallMain());
  EndThread();
}

// Another thread ends the process already: this one has nothing to do any more.
[[noreturn]] void StandStill(Pc caller) {
  for (;;) Wait({Operation::kExit, nullptr, SpotOf(caller), false});
}

// The last that runs of the program: after its own static destructors, before the C library's last steps.
__attribute__((destructor)) void AtTheEnd() {
  if (in_run) Complete(Ending::kExited, exit_status);
}

[[noreturn]] void EndProcess(int status, const char* how) {
  if (in_run) Complete(Ending::kExited, status);
  Original<void(int)>(how)(status);
  __builtin_unreachable();
}

}  // namespace

void RunMain() { RunOnMainStack(EnterMain); }

}  // namespace grader::schedule::runtime

using namespace grader::schedule;
using namespace grader::schedule::runtime;

// Static destructors run under the scheduler, as other threads may still be running.
GRADE_INTERPOSE void exit(int status) {
  if (in_run) {
    if (exiting != nullptr && exiting != current) StandStill(GRADE_CALLER);
    exiting = current;
    exit_status = status & 0xff;
    Point(Operation::kExit, nullptr, GRADE_CALLER);
    RunLocalDestructors(*current);
  }
  Original<void(int)>("exit")(status);
  __builtin_unreachable();
}

GRADE_INTERPOSE void _exit(int status) { EndProcess(status & 0xff, "_exit"); }
GRADE_INTERPOSE void _Exit(int status) { EndProcess(status & 0xff, "_exit"); }
GRADE_INTERPOSE void quick_exit(int status) { EndProcess(status & 0xff, "quick_exit"); }

GRADE_INTERPOSE void abort() {
  if (in_run) {
    AddFinding(FindingKind::kAborted, Operation::kExit, SpotOf(GRADE_CALLER));
    EndFound();
  }
  Original<void()>("abort")();
  __builtin_unreachable();
}

GRADE_INTERPOSE void __assert_fail(const char* assertion, const char* file, unsigned line, const char* function) {
  dprintf(2, "%s:%u: %s: Assertion `%s' failed.\n", file, line, function, assertion);
  if (in_run) {
    SetText(AddFinding(FindingKind::kAborted, Operation::kExit, SpotOf(GRADE_CALLER)), assertion);
    EndFound();
  }
  abort();
}
