#include "grader/schedule/runtime/local_storage.h"

#include <errno.h>

#include "grader/schedule/runtime/memory_map.h"
#include "grader/schedule/runtime/report.h"

namespace grader::schedule::runtime {
namespace {

void (*key_destructors[kMostKeys])(void*);
bool key_used[kMostKeys];
constexpr int kRounds = 4;  // PTHREAD_DESTRUCTOR_ITERATIONS

bool RunKeyDestructors(Thread& thread) {
  bool any = false;
  for (int key = 0; key < kMostKeys; ++key) {
    void* value = thread.specific[key];
    if (value == nullptr || key_destructors[key] == nullptr) continue;
    thread.specific[key] = nullptr;
    key_destructors[key](value);
    any = true;
  }
  return any;
}

}  // namespace

void RunLocalDestructors(Thread& thread) {
  for (int round = 0; round < kRounds; ++round) {
    while (LocalDestructor* last = thread.local_destructors) {
      thread.local_destructors = last->next;
      last->call(last->object);
    }
    if (!RunKeyDestructors(thread)) return;
  }
}

}  // namespace grader::schedule::runtime

using namespace grader::schedule;
using namespace grader::schedule::runtime;

GRADE_INTERPOSE int __cxa_thread_atexit_impl(void (*call)(void*), void* object, void*) {
  auto* destructor = New<LocalDestructor>();
  *destructor = {call, object, current->local_destructors};
  current->local_destructors = destructor;
  return 0;
}

GRADE_INTERPOSE int __cxa_thread_atexit(void (*call)(void*), void* object, void* library) {
  return __cxa_thread_atexit_impl(call, object, library);
}

GRADE_INTERPOSE int pthread_key_create(pthread_key_t* key, void (*destructor)(void*)) {
  for (unsigned i = 1; i < kMostKeys; ++i) {
    if (key_used[i]) continue;
    key_used[i] = true;
    key_destructors[i] = destructor;
    for (ThreadNumber thread = 0; thread < thread_count; ++thread) threads[thread]->specific[i] = nullptr;
    *key = i;
    return 0;
  }
  return EAGAIN;
}

GRADE_INTERPOSE int pthread_key_delete(pthread_key_t key) {
  if (key >= kMostKeys || !key_used[key]) return EINVAL;
  key_used[key] = false;
  key_destructors[key] = nullptr;
  return 0;
}

GRADE_INTERPOSE void* pthread_getspecific(pthread_key_t key) {
  return key < kMostKeys ? current->specific[key] : nullptr;
}

GRADE_INTERPOSE int pthread_setspecific(pthread_key_t key, const void* value) {
  if (key >= kMostKeys || !key_used[key]) return EINVAL;
  current->specific[key] = const_cast<void*>(value);
  return 0;
}
