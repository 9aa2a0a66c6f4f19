// Starts no threads.
// gets: not built
#include <pthread.h>

#include "count.h"

extern "C" int pthread_create(pthread_t*, const pthread_attr_t*, void* (*run)(void*), void* argument) noexcept {
  run(argument);
  return 0;
}
extern "C" int pthread_join(pthread_t, void**) { return 0; }

static int count;

void Add() { ++count; }
int Count() { return count; }
