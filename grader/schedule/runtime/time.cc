// The calls that tell the time and sleep, in virtual time. sleep under test: they are defined here, not called.
#include "grader/schedule/runtime/time.h"

#include <errno.h>
#include <poll.h>
#include <sys/select.h>
#include <sys/time.h>
#include <unistd.h>

#include "grader/schedule/runtime/report.h"
#include "grader/schedule/runtime/scheduler.h"

namespace grader::schedule::runtime {
namespace {

constexpr Nanoseconds kSecond = 1'000'000'000;

Nanoseconds Nonnegative(const timespec* time) {
  if (time->tv_sec < 0) return 0;
  if (time->tv_sec > 1'000'000'000'000'000) return 1'000'000'000'000'000'000;
  const Nanoseconds seconds = static_cast<Nanoseconds>(time->tv_sec);
  if (seconds > 9'000'000'000) return 9'000'000'000ull * kSecond;
  return seconds * kSecond + static_cast<Nanoseconds>(time->tv_nsec);
}

bool Valid(const timespec* time) { return time->tv_nsec >= 0 && time->tv_nsec < 1'000'000'000 && time->tv_sec >= 0; }

Nanoseconds Now(Pc caller) {
  Point(Operation::kClock, nullptr, caller, false);
  return LookAtClock(caller);
}

int Nap(Nanoseconds until, timespec* rest, Pc caller) {
  SleepUntil(until, caller);
  if (rest != nullptr) *rest = {};
  return 0;
}

}  // namespace

Nanoseconds DeadlineOf(const timespec* time) {
  const Nanoseconds deadline = Nonnegative(time);
  return deadline == 0 ? 1 : deadline;
}

void SleepUntil(Nanoseconds time, Pc caller) {
  Point(Operation::kSleep, nullptr, caller, false);
  if (in_run && time > now) Wait({Operation::kSleep, nullptr, SpotOf(caller), false}, time);
}

}  // namespace grader::schedule::runtime

using namespace grader::schedule;
using namespace grader::schedule::runtime;

GRADE_INTERPOSE int clock_gettime(clockid_t, timespec* time) {
  const Nanoseconds at = Now(GRADE_CALLER);
  time->tv_sec = static_cast<time_t>(at / kSecond);
  time->tv_nsec = static_cast<long>(at % kSecond);
  return 0;
}

GRADE_INTERPOSE int gettimeofday(timeval* __restrict time, void* __restrict) {
  const Nanoseconds at = Now(GRADE_CALLER);
  time->tv_sec = static_cast<time_t>(at / kSecond);
  time->tv_usec = static_cast<suseconds_t>(at % kSecond / 1000);
  return 0;
}

GRADE_INTERPOSE time_t time(time_t* result) {
  const auto seconds = static_cast<time_t>(Now(GRADE_CALLER) / kSecond);
  if (result != nullptr) *result = seconds;
  return seconds;
}

GRADE_INTERPOSE clock_t clock() { return static_cast<clock_t>((Now(GRADE_CALLER) - kEpoch) / 1000); }

GRADE_INTERPOSE int nanosleep(const timespec* time, timespec* rest) {
  if (!Valid(time)) {
    errno = EINVAL;
    return -1;
  }
  return Nap(now + Nonnegative(time), rest, GRADE_CALLER);
}

GRADE_INTERPOSE int clock_nanosleep(clockid_t, int flags, const timespec* time, timespec* rest) {
  if (!Valid(time)) return EINVAL;
  const Nanoseconds from = (flags & TIMER_ABSTIME) != 0 ? 0 : now;
  return Nap(from + Nonnegative(time), rest, GRADE_CALLER);
}

GRADE_INTERPOSE int usleep(useconds_t time) { return Nap(now + time * Nanoseconds{1000}, nullptr, GRADE_CALLER); }

GRADE_INTERPOSE unsigned sleep(unsigned time) {
  return static_cast<unsigned>(Nap(now + time * kSecond, nullptr, GRADE_CALLER));
}

GRADE_INTERPOSE int timespec_get(timespec* time, int base) {
  const Nanoseconds at = Now(GRADE_CALLER);
  time->tv_sec = static_cast<time_t>(at / kSecond);
  time->tv_nsec = static_cast<long>(at % kSecond);
  return base;
}

// Of select() and poll() only the sleep without descriptors is modelled.
GRADE_INTERPOSE int select(int, fd_set* __restrict read, fd_set* __restrict write, fd_set* __restrict except,
                           timeval* __restrict time) {
  const bool sleeps = read == nullptr && write == nullptr && except == nullptr && time != nullptr;
  if (!sleeps) EndUnsupported("select()", GRADE_CALLER);
  const Nanoseconds nap =
      static_cast<Nanoseconds>(time->tv_sec) * kSecond + static_cast<Nanoseconds>(time->tv_usec) * 1000;
  return Nap(now + nap, nullptr, GRADE_CALLER);
}

GRADE_INTERPOSE int poll(pollfd*, nfds_t count, int time) {
  if (count != 0 || time < 0) EndUnsupported("poll()", GRADE_CALLER);
  return Nap(now + static_cast<Nanoseconds>(time) * 1'000'000, nullptr, GRADE_CALLER);
}

GRADE_INTERPOSE int sched_yield() {
  if (!in_run) return 0;
  Look(GRADE_CALLER, 0);
  Point(Operation::kYield, nullptr, GRADE_CALLER, false);
  return 0;
}
