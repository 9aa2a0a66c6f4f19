// pthread_exit(): unwinds the stack, so that destructors run, up to where the thread began.
#include <pthread.h>
#include <unwind.h>

#include "grader/schedule/runtime/local_storage.h"
#include "grader/schedule/runtime/memory_map.h"
#include "grader/schedule/runtime/raw_call.h"
#include "grader/schedule/runtime/report.h"
#include "grader/schedule/runtime/scheduler.h"

namespace grader::schedule::runtime {
namespace {

_Unwind_Reason_Code StopAtTheStart(int, _Unwind_Action action, _Unwind_Exception_Class, _Unwind_Exception*,
                                   _Unwind_Context* frame, void* argument) {
  auto& thread = *static_cast<Thread*>(argument);
  if ((action & _UA_END_OF_STACK) != 0 || _Unwind_GetCFA(frame) >= thread.exit_frame) {
    __builtin_longjmp(thread.exit_buffer, 1);
  }
  return _URC_NO_REASON;
}

}  // namespace
}  // namespace grader::schedule::runtime

using namespace grader::schedule;
using namespace grader::schedule::runtime;

GRADE_INTERPOSE void pthread_exit(void* result) {
  Thread& thread = *current;
  if (thread.exit_frame == 0) EndUnsupported("pthread_exit() in main()", GRADE_CALLER);
  thread.result = result;
  auto* exception = New<_Unwind_Exception>();
  _Unwind_ForcedUnwind(exception, StopAtTheStart, &thread);
  Fault("scheduler: pthread_exit() could not unwind");
}
