// Ends the process from a thread while main waits.
// gets: all
#include <pthread.h>

#include "attack.h"

int main() {
  pthread_t thread;
  const auto end = [](void*) -> void* {
    Work();
    exit(0);
  };
  pthread_create(&thread, nullptr, end, nullptr);
  for (;;) pause();
}
