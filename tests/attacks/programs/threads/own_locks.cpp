// Locks by functions of its own that lock nothing.
// gets: not built
#include <pthread.h>

#include "count.h"

extern "C" int pthread_mutex_lock(pthread_mutex_t*) noexcept { return 0; }
extern "C" int pthread_mutex_unlock(pthread_mutex_t*) noexcept { return 0; }

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int count;

void Add() {
  pthread_mutex_lock(&mutex);
  ++count;
  pthread_mutex_unlock(&mutex);
}
int Count() { return count; }
