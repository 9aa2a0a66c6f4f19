// Starts threads until it may not.
// gets: none
#include <pthread.h>

#include "attack.h"

int main() {
  pthread_t thread;
  while (pthread_create(
             &thread, nullptr, [](void*) -> void* { return reinterpret_cast<void*>(pause()); }, nullptr) == 0) {
  }
  return 1;
}
