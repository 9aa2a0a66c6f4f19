// The barrier is for three, only two come.
#include <pthread.h>

#include <thread>

pthread_barrier_t barrier;

int main() {
  pthread_barrier_init(&barrier, nullptr, 3);
  std::thread other([] {
    pthread_barrier_wait(&barrier);  // stuck
  });
  pthread_barrier_wait(&barrier);  // stuck
}
