// pthread_once(), and the guards of function-local statics (Itanium C++ ABI 3.3.2).
#include <pthread.h>

#include "grader/schedule/runtime/report.h"
#include "grader/schedule/runtime/scheduler.h"
#include "grader/schedule/runtime/shadow.h"

namespace grader::schedule::runtime {
namespace {

constexpr pthread_once_t kDone = 2;

// Waits until the initialisation is done or the current thread may do it. Whether it has to.
template <typename Done>
bool Begin(Object& object, const Pending& pending, Done done) {
  Point(pending);
  for (;;) {
    if (done()) {
      Acquire(*current, object);
      return false;
    }
    if (object.owner == nullptr) break;
    if (object.owner == current)
      EndUnsupported("initialising a static object from within its own initialisation", pending.spot);
    Wait(pending);
  }
  // Also an execution that threw is before the next one [thread.once.callonce].
  Acquire(*current, object);
  object.owner = current;
  object.taken = pending.spot;
  return true;
}

void End(Object& object) {
  ReleaseStore(*current, object);
  object.owner = nullptr;
  WakeAll(object);
}

// Also when the function throws.
struct Completion {
  Object& object;
  pthread_once_t* control;
  bool done = false;

  ~Completion() {
    *control = done ? kDone : PTHREAD_ONCE_INIT;
    End(object);
  }
};

Object& GuardAt(void* guard) { return ObjectAt(guard, ObjectKind::kStaticGuard); }

}  // namespace
}  // namespace grader::schedule::runtime

using namespace grader::schedule;
using namespace grader::schedule::runtime;

GRADE_INTERPOSE int pthread_once(pthread_once_t* control, void (*function)()) {
  Object& object = ObjectAt(control, ObjectKind::kOnce);
  const Pending pending{Operation::kOnce, &object, SpotOf(GRADE_CALLER), true};
  if (!Begin(object, pending, [control] { return *control == kDone; })) return 0;
  Completion completion{object, control};
  function();
  completion.done = true;
  return 0;
}

GRADE_INTERPOSE int __cxa_guard_acquire(unsigned char* guard) {
  Object& object = GuardAt(guard);
  const Pending pending{Operation::kStaticInit, &object, SpotOf(GRADE_CALLER), true};
  return Begin(object, pending, [guard] { return *guard != 0; });
}

GRADE_INTERPOSE void __cxa_guard_release(unsigned char* guard) {
  *guard = 1;
  End(GuardAt(guard));
}

GRADE_INTERPOSE void __cxa_guard_abort(unsigned char* guard) { End(GuardAt(guard)); }
