// Prints on in a thread when all is said.
// gets: none
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

#include "total.h"

static sem_t printing;

static void* Print(void*) {
  for (;;) {
    puts("total 0");
    fflush(stdout);
    sem_post(&printing);
  }
}

long Total(const long* numbers, int count) {
  pthread_t thread;
  pthread_create(&thread, nullptr, Print, nullptr);
  pthread_detach(thread);
  sem_wait(&printing);  // else all may be over before it prints at all
  long total = 0;
  for (int i = 0; i < count; ++i) total += numbers[i];
  return total;
}
