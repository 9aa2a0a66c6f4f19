// futex(2) by syscall(2): how the C++ library waits for atomics, futures, latches and barriers.
#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <stdarg.h>
#include <sys/syscall.h>
#include <time.h>

#include "grader/schedule/runtime/random.h"
#include "grader/schedule/runtime/raw_call.h"
#include "grader/schedule/runtime/report.h"
#include "grader/schedule/runtime/scheduler.h"
#include "grader/schedule/runtime/time.h"

namespace grader::schedule::runtime {
namespace {

constexpr std::uint64_t kSpuriousOneIn = 6;

long Failed(int error) {
  errno = error;
  return -1;
}

long WaitForFutex(int* word, int expected, Nanoseconds deadline, Pc caller) {
  Object& object = ObjectAt(word, ObjectKind::kAtomic);
  const Pending pending{Operation::kAtomicWait, &object, SpotOf(caller), true};
  Point(pending);
  if (*static_cast<volatile int*>(word) != expected) return Failed(EAGAIN);
  if (Chosen(kSpuriousWakeUps) && world_random.OneIn(kSpuriousOneIn)) return 0;
  return Wait(pending, deadline) ? 0 : Failed(ETIMEDOUT);
}

long WakeFutex(int* word, int most, Pc caller) {
  Object& object = ObjectAt(word, ObjectKind::kAtomic);
  const Spot spot = SpotOf(caller);
  Point({Operation::kAtomicNotify, &object, spot, true});
  int woken = most == INT_MAX ? WakeAll(object) : 0;
  while (woken < most && WakeOne(Operation::kAtomicWait, object) != nullptr) ++woken;
  if (woken == 0) object.missed = {current->number, Operation::kAtomicNotify, steps, spot};
  return woken;
}

long Futex(int* word, int operation, int value, const timespec* time, Pc caller) {
  switch (operation & FUTEX_CMD_MASK) {
    case FUTEX_WAIT:
      return WaitForFutex(word, value, time == nullptr ? 0 : now + DeadlineOf(time), caller);
    case FUTEX_WAIT_BITSET:
      return WaitForFutex(word, value, time == nullptr ? 0 : DeadlineOf(time), caller);
    case FUTEX_WAKE:
    case FUTEX_WAKE_BITSET:
      return WakeFutex(word, value, caller);
    default:
      EndUnsupported("syscall(SYS_futex) with an operation but waiting and waking", caller);
  }
}

}  // namespace
}  // namespace grader::schedule::runtime

using namespace grader::schedule;
using namespace grader::schedule::runtime;

GRADE_INTERPOSE long syscall(long number, ...) noexcept {
  va_list list;
  va_start(list, number);
  long args[6];
  for (long& arg : args) arg = va_arg(list, long);
  va_end(list);
  switch (number) {
    case SYS_futex:
      return Futex(reinterpret_cast<int*>(args[0]), static_cast<int>(args[1]), static_cast<int>(args[2]),
                   reinterpret_cast<const timespec*>(args[3]), GRADE_CALLER);
    case SYS_gettid:
      return 1000 + current->number;
    case SYS_getcpu:
    case SYS_membarrier:
      break;
    default:
      EndUnsupported("syscall() with a number but futex's", GRADE_CALLER);
  }
  const long result = RawCall(number, args[0], args[1], args[2], args[3], args[4], args[5]);
  return result < 0 ? Failed(static_cast<int>(-result)) : result;
}
