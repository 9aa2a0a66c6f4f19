// What the compiler calls for plain accesses and at the beginning and end of functions (-fsanitize=thread).
#include "grader/schedule/runtime/contexts.h"
#include "grader/schedule/runtime/races.h"

using namespace grader::schedule;
using namespace grader::schedule::runtime;

// A family of functions for accesses of one size.
#define GRADE_ACCESSES(bytes)                                                                                          \
  GRADE_INTERPOSE void __tsan_read##bytes(void* at) { Visit(AddressOf(at), bytes, kReads, GRADE_CALLER); }             \
  GRADE_INTERPOSE void __tsan_write##bytes(void* at) { Visit(AddressOf(at), bytes, kWrites, GRADE_CALLER); }           \
  GRADE_INTERPOSE void __tsan_unaligned_read##bytes(void* at) { Visit(AddressOf(at), bytes, kReads, GRADE_CALLER); }   \
  GRADE_INTERPOSE void __tsan_unaligned_write##bytes(void* at) { Visit(AddressOf(at), bytes, kWrites, GRADE_CALLER); } \
  GRADE_INTERPOSE void __tsan_volatile_read##bytes(void* at) { Visit(AddressOf(at), bytes, kReads, GRADE_CALLER); }    \
  GRADE_INTERPOSE void __tsan_volatile_write##bytes(void* at) { Visit(AddressOf(at), bytes, kWrites, GRADE_CALLER); }  \
  GRADE_INTERPOSE void __tsan_unaligned_volatile_read##bytes(void* at) {                                               \
    Visit(AddressOf(at), bytes, kReads, GRADE_CALLER);                                                                 \
  }                                                                                                                    \
  GRADE_INTERPOSE void __tsan_unaligned_volatile_write##bytes(void* at) {                                              \
    Visit(AddressOf(at), bytes, kWrites, GRADE_CALLER);                                                                \
  }

GRADE_ACCESSES(1)
GRADE_ACCESSES(2)
GRADE_ACCESSES(4)
GRADE_ACCESSES(8)
GRADE_ACCESSES(16)

GRADE_INTERPOSE void __tsan_init() {}

GRADE_INTERPOSE void __tsan_read_range(void* at, unsigned long size) {
  Visit(AddressOf(at), size, kReads, GRADE_CALLER);
}

GRADE_INTERPOSE void __tsan_write_range(void* at, unsigned long size) {
  Visit(AddressOf(at), size, kWrites, GRADE_CALLER);
}

GRADE_INTERPOSE void __tsan_vptr_update(void** at, void* value) {
  // A destructor of a base class writes what is there already.
  if (*at != value) Visit(AddressOf(at), sizeof *at, kWrites, GRADE_CALLER);
}

GRADE_INTERPOSE void __tsan_vptr_read(void** at) { Visit(AddressOf(at), sizeof *at, kReads, GRADE_CALLER); }

GRADE_INTERPOSE void __tsan_func_entry(void* call) {
  Thread& thread = *current;
  if (thread.contexts_missed > 0) {
    ++thread.contexts_missed;
    return;
  }
  const Context entered = Called(thread.context, reinterpret_cast<Pc>(call));
  if (entered == thread.context) ++thread.contexts_missed;
  thread.context = entered;
}

GRADE_INTERPOSE void __tsan_func_exit() {
  Thread& thread = *current;
  if (thread.contexts_missed > 0) {
    --thread.contexts_missed;
  } else {
    thread.context = Caller(thread.context);
  }
}
