// Ends its first thread and goes on in another: an ordinary program.
// gets: all
#include <pthread.h>

#include "attack.h"

int main() {
  pthread_t thread;
  pthread_create(
      &thread, nullptr, [](void*) -> void* { return Work(), nullptr; }, nullptr);
  pthread_exit(nullptr);
}
