// Has an operator new of its own, which it may, and is right.
// gets: all
#include <pthread.h>
#include <stdlib.h>

#include "count.h"

void* operator new(size_t size) { return malloc(size); }
void operator delete(void* block) noexcept { free(block); }
void operator delete(void* block, size_t) noexcept { free(block); }

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int* const count = new int(0);

void Add() {
  pthread_mutex_lock(&mutex);
  ++*count;
  pthread_mutex_unlock(&mutex);
}
int Count() { return *count; }
