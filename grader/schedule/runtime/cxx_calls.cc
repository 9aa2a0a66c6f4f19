// Functions inside the C++ library that call what the runtime interposes: they note who called them, so that messages
// show the student's line. The originals do the work.
#include <time.h>

#include "grader/schedule/runtime/base.h"
#include "grader/schedule/runtime/original.h"
#include "grader/schedule/runtime/thread.h"

namespace grader::schedule::runtime {
namespace {

class Within {
 public:
  explicit Within(Pc caller) : thread_(*current), before_(thread_.wrapper_caller) {
    if (before_ == 0) thread_.wrapper_caller = caller;
  }
  Within(const Within&) = delete;
  Within& operator=(const Within&) = delete;
  ~Within() { thread_.wrapper_caller = before_; }

 private:
  Thread& thread_;
  Pc before_;
};

}  // namespace
}  // namespace grader::schedule::runtime

using grader::schedule::Pc;
using grader::schedule::runtime::Original;
using grader::schedule::runtime::Within;

// A function of that (mangled) name with these parameters; arguments are passed on.
#define GRADE_WITHIN(result, name, parameters, ...)                  \
  GRADE_INTERPOSE result name parameters {                           \
    static const auto original = Original<result parameters>(#name); \
    const Within within(GRADE_CALLER);                               \
    return original(__VA_ARGS__);                                    \
  }

// std::condition_variable
GRADE_WITHIN(void, _ZNSt18condition_variable4waitERSt11unique_lockISt5mutexE, (void* self, void* lock), self, lock)
GRADE_WITHIN(void, _ZNSt18condition_variable10notify_oneEv, (void* self), self)
GRADE_WITHIN(void, _ZNSt18condition_variable10notify_allEv, (void* self), self)

// std::thread: _M_start_thread(), join(), detach()
GRADE_WITHIN(void, _ZNSt6thread15_M_start_threadESt10unique_ptrINS_6_StateESt14default_deleteIS1_EEPFvvE,
             (void* self, void* state, void (*depend)()), self, state, depend)
GRADE_WITHIN(void, _ZNSt6thread4joinEv, (void* self), self)
GRADE_WITHIN(void, _ZNSt6thread6detachEv, (void* self), self)

// What futures wait with
GRADE_WITHIN(
    bool,
    _ZNSt28__atomic_futex_unsigned_base19_M_futex_wait_untilEPjjbNSt6chrono8durationIlSt5ratioILl1ELl1EEEENS2_IlS3_ILl1ELl1000000000EEEE,
    (void* self, unsigned* word, unsigned value, bool timed, long seconds, long nanoseconds), self, word, value, timed,
    seconds, nanoseconds)
GRADE_WITHIN(
    bool,
    _ZNSt28__atomic_futex_unsigned_base26_M_futex_wait_until_steadyEPjjbNSt6chrono8durationIlSt5ratioILl1ELl1EEEENS2_IlS3_ILl1ELl1000000000EEEE,
    (void* self, unsigned* word, unsigned value, bool timed, long seconds, long nanoseconds), self, word, value, timed,
    seconds, nanoseconds)
GRADE_WITHIN(void, _ZNSt28__atomic_futex_unsigned_base19_M_futex_notify_allEPj, (unsigned* word), word)

// std::this_thread::__sleep_for(), and the clocks
GRADE_WITHIN(void,
             _ZNSt11this_thread11__sleep_forENSt6chrono8durationIlSt5ratioILl1ELl1EEEENS1_IlS2_ILl1ELl1000000000EEEE,
             (long seconds, long nanoseconds), seconds, nanoseconds)
GRADE_WITHIN(long, _ZNSt6chrono3_V212system_clock3nowEv, (), )
GRADE_WITHIN(long, _ZNSt6chrono3_V212steady_clock3nowEv, (), )
