// Two processes add to a counter in shared memory, and each addition makes a system call. Right: under a mutex.
#include <pthread.h>

#include "processes.h"

struct Counter {
  pthread_mutex_t mutex;
  volatile int value;
};

int main(int, char** argv) {
  const bool right = IsRight(argv);
  auto* const counter = Shared<Counter>();
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
  pthread_mutex_init(&counter->mutex, &attributes);
  for (int i = 0; i < 2; ++i) {
    Child([&] {
      for (int j = 0; j < 3; ++j) {
        if (right) pthread_mutex_lock(&counter->mutex);
        const int value = counter->value;
        getppid();
        counter->value = value + 1;
        if (right) pthread_mutex_unlock(&counter->mutex);
      }
      return 0;
    });
  }
  return AllEndWell() && counter->value == 6 ? 0 : 1;
}
