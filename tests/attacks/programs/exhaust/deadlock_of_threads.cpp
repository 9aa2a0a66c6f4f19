// Waits for itself with everybody it has.
// gets: none
#include <pthread.h>

#include "attack.h"

int main() {
  static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  pthread_mutex_lock(&mutex);
  for (int i = 0; i < 40; ++i) {
    pthread_t thread;
    pthread_create(
        &thread, nullptr, [](void*) -> void* { return pthread_mutex_lock(&mutex), nullptr; }, nullptr);
  }
  pthread_mutex_lock(&mutex);
}
