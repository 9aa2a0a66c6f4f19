// pthread_create() and what belongs to the life of a thread. pthreads(7)
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "grader/schedule/runtime/fibers.h"
#include "grader/schedule/runtime/local_storage.h"
#include "grader/schedule/runtime/memory_map.h"
#include "grader/schedule/runtime/raw_call.h"
#include "grader/schedule/runtime/report.h"
#include "grader/schedule/runtime/scheduler.h"
#include "grader/schedule/runtime/strategy.h"
#include "grader/schedule/runtime/thread_calls.h"
#include "grader/schedule/runtime/time.h"

namespace grader::schedule::runtime {

int threads_before_main = 0;

namespace {

// The latest one: a handle is used again only when its stack is, which is never.
Thread* FindThread(pthread_t handle) {
  for (ThreadNumber i = thread_count; i-- > 0;) {
    if (threads[i]->real == handle) return threads[i];
  }
  return nullptr;
}

void WakeJoiners(const Thread& ended) {
  for (Slot slot = 0; slot < slot_count; ++slot) {
    Thread* thread = slots[slot];
    if (thread == nullptr || thread->state != ThreadState::kWaiting || thread->waiting.target != &ended) continue;
    Wake(*thread);
  }
}

// The first function of each thread but main. pthread_exit() comes back here.
void RunThread() {
  Thread& thread = *current;
  thread.exit_frame = AddressOf(__builtin_frame_address(0));
  if (__builtin_setjmp(thread.exit_buffer) == 0) {
    RecordStep(Pending{Operation::kThreadStart, nullptr, thread.created, true}, 0);
    thread.result = thread.function(thread.argument);
  }
  EndThread();
}

bool WantsDetached(const pthread_attr_t* attributes) {
  int state = PTHREAD_CREATE_JOINABLE;
  if (attributes != nullptr) pthread_attr_getdetachstate(attributes, &state);
  return state == PTHREAD_CREATE_DETACHED;
}

int Create(pthread_t* handle, const pthread_attr_t* attributes, void* (*function)(void*), void* argument, Pc pc) {
  if (!in_run) {
    ++threads_before_main;
    return EAGAIN;
  }
  Thread& creator = *current;
  const Spot spot = SpotOf(pc);
  Thread& thread = *NewThread(&creator);
  ++unjoined_count;
  thread.path = creator.path;
  Mix(thread.path, ++creator.children);
  thread.parent = creator.number;
  thread.created = spot;
  thread.function = function;
  thread.argument = argument;
  thread.detached = WantsDetached(attributes);
  thread.life = &ObjectAt(&thread, ObjectKind::kThread);
  thread.life->identity = thread.path;
  thread.pending = {Operation::kThreadStart, thread.life, spot, false};
  if (!StartFiber(thread, RunThread)) Fault("scheduler: the machine gives no more threads");
  *handle = thread.real;
  Tick(creator);
  PrepareThread(thread);
  Changed();
  Point(Operation::kThreadCreate, thread.life, pc, false);  // done already
  return 0;
}

[[noreturn]] void EndMisused(FindingKind kind, Operation operation, const Thread& thread, const Spot& spot) {
  Finding& finding = AddFinding(kind, operation, spot);
  if (thread.joined_at.pc != 0) AddPlace(finding, Role::kJoined, nullptr, Operation::kJoin, thread.joined_at);
  if (kind != FindingKind::kJoinSelf) finding.places[finding.place_count > 1].thread = thread.number;
  EndFound();
}

int JoinThread(pthread_t handle, void** result, Nanoseconds deadline, Pc pc, bool only_looks) {
  Thread& joiner = *current;
  Thread* thread = FindThread(handle);
  if (thread == nullptr) return ESRCH;
  const Spot spot = SpotOf(pc);
  if (thread->joined) EndMisused(FindingKind::kJoinTwice, Operation::kJoin, *thread, spot);
  if (thread->detached) EndMisused(FindingKind::kJoinDetached, Operation::kJoin, *thread, spot);
  if (thread == &joiner) return EDEADLK;
  const Pending pending{Operation::kJoin, thread->life, spot, false, nullptr, only_looks};
  joiner.waiting.target = thread;
  Point(pending);
  while (thread->state != ThreadState::kEnded) {
    if (only_looks) break;
    if (!Wait(pending, deadline)) break;
  }
  joiner.waiting.target = nullptr;
  if (thread->state != ThreadState::kEnded) return only_looks ? EBUSY : ETIMEDOUT;
  Join(joiner.clock, thread->clock);
  thread->joined = true;
  thread->joined_at = spot;
  --unjoined_count;
  if (result != nullptr) *result = thread->result;
  if (thread->number != 0) FreeSlot(*thread);
  return 0;
}

}  // namespace

void EndThread() {
  Thread& thread = *current;
  RunLocalDestructors(thread);
  Point(Operation::kThreadEnd, thread.life, thread.latest_pc);
  Tick(thread);
  if (alive_count == 1) exit(0);
  thread.state = ThreadState::kEnded;
  --alive_count;
  Changed();
  WakeJoiners(thread);
  ReleaseFiber(thread);
  LeaveForever();
}

}  // namespace grader::schedule::runtime

using namespace grader::schedule;
using namespace grader::schedule::runtime;

GRADE_INTERPOSE int pthread_create(pthread_t* handle, const pthread_attr_t* attributes, void* (*function)(void*),
                                   void* argument) {
  return Create(handle, attributes, function, argument, GRADE_CALLER);
}

GRADE_INTERPOSE int pthread_join(pthread_t handle, void** result) {
  return JoinThread(handle, result, 0, GRADE_CALLER, false);
}

GRADE_INTERPOSE int pthread_tryjoin_np(pthread_t handle, void** result) {
  return JoinThread(handle, result, 0, GRADE_CALLER, true);
}

GRADE_INTERPOSE int pthread_timedjoin_np(pthread_t handle, void** result, const timespec* time) {
  return JoinThread(handle, result, DeadlineOf(time), GRADE_CALLER, false);
}

GRADE_INTERPOSE int pthread_clockjoin_np(pthread_t handle, void** result, clockid_t, const timespec* time) {
  return JoinThread(handle, result, DeadlineOf(time), GRADE_CALLER, false);
}

GRADE_INTERPOSE int pthread_detach(pthread_t handle) {
  Thread* thread = FindThread(handle);
  if (thread == nullptr) return ESRCH;
  const Spot spot = SpotOf(GRADE_CALLER);
  if (thread->joined) EndMisused(FindingKind::kJoinTwice, Operation::kDetach, *thread, spot);
  if (thread->detached) EndMisused(FindingKind::kDetachTwice, Operation::kDetach, *thread, spot);
  thread->detached = true;
  thread->joined_at = spot;
  Point(Operation::kDetach, thread->life, GRADE_CALLER);
  return 0;
}
