// Becomes another program in a second thread.
// gets: all
#include <pthread.h>

#include "attack.h"

int main() {
  pthread_t thread;
  const auto become = [](void*) -> void* {
    execl("/bin/sh", "sh", "-c", "read a b; echo $((a + b)) | tee result", nullptr);
    return nullptr;
  };
  pthread_create(&thread, nullptr, become, nullptr);
  pthread_join(thread, nullptr);
}
