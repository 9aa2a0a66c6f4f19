// A child takes a mutex in shared memory in a marked stretch; then the program wants it too.
#include <pthread.h>

#include <cstdio>
#include <string>

#include "marks.h"

int main(int, char** argv) {
  auto* const mutex = Shared<pthread_mutex_t>();
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
  pthread_mutex_init(mutex, &attributes);
  int locked[2];
  pipe(locked);
  Child([&] {
    pthread_mutex_lock(mutex);
    Mark("hold");
    write(locked[1], "", 1);
    getppid();
    pthread_mutex_unlock(mutex);
    Mark("hold.");
  });
  char byte;
  read(locked[0], &byte, 1);
  pthread_mutex_lock(mutex);
  std::puts("both had it");
  pthread_mutex_unlock(mutex);
  wait(nullptr);
}
