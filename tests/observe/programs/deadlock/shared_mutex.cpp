// Two processes and two mutexes in shared memory, taken in opposite order.
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

struct Shared {
  pthread_mutex_t a, b;
  pthread_barrier_t both_hold_one;
};

int main() {
  auto* shared = static_cast<Shared*>(mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  pthread_mutexattr_t mutex;
  pthread_mutexattr_init(&mutex);
  pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_SHARED);
  pthread_mutex_init(&shared->a, &mutex);
  pthread_mutex_init(&shared->b, &mutex);
  pthread_barrierattr_t barrier;
  pthread_barrierattr_init(&barrier);
  pthread_barrierattr_setpshared(&barrier, PTHREAD_PROCESS_SHARED);
  pthread_barrier_init(&shared->both_hold_one, &barrier, 2);
  const bool child = fork() == 0;
  pthread_mutex_lock(child ? &shared->a : &shared->b);
  pthread_barrier_wait(&shared->both_hold_one);
  pthread_mutex_lock(child ? &shared->b : &shared->a);  // stuck
}
