// What a program asks about its process and machine: the same answers everywhere.
#include <sched.h>
#include <sys/types.h>
#include <unistd.h>

#include "grader/schedule/runtime/original.h"
#include "grader/schedule/runtime/thread.h"

namespace grader::schedule::runtime {
namespace {

constexpr int kProcessors = 4;
constexpr pid_t kProcess = 1000;  // main's; other threads have the numbers after it

}  // namespace
}  // namespace grader::schedule::runtime

using namespace grader::schedule;
using namespace grader::schedule::runtime;

GRADE_INTERPOSE int get_nprocs() { return kProcessors; }
GRADE_INTERPOSE int get_nprocs_conf() { return kProcessors; }

GRADE_INTERPOSE long sysconf(int name) {
  if (name == _SC_NPROCESSORS_ONLN || name == _SC_NPROCESSORS_CONF) return kProcessors;
  return Original<long(int)>("sysconf")(name);
}

GRADE_INTERPOSE int sched_getaffinity(pid_t, size_t size, cpu_set_t* set) {
  CPU_ZERO_S(size, set);
  for (int processor = 0; processor < kProcessors; ++processor) CPU_SET_S(processor, size, set);
  return 0;
}

GRADE_INTERPOSE int sched_getcpu() { return 0; }
GRADE_INTERPOSE pid_t getpid() { return kProcess; }
GRADE_INTERPOSE pid_t gettid() { return kProcess + current->number; }
