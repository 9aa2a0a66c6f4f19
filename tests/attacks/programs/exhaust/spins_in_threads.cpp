// Computes for ever in many threads.
// gets: none
#include <pthread.h>

#include "attack.h"

void* Spin(void*) {
  for (volatile long i = 0;; i = i + 1) {
  }
}

int main() {
  for (int i = 0; i < 20; ++i) {
    pthread_t thread;
    pthread_create(&thread, nullptr, Spin, nullptr);
  }
  Spin(nullptr);
}
