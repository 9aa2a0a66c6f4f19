// find: mutex-misuse. A thread gives back a mutex that another one has locked.
#include <pthread.h>

#include <thread>

pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

int main() {
  pthread_mutex_lock(&mutex);
  std::thread other([] { pthread_mutex_unlock(&mutex); });
  other.join();
}
