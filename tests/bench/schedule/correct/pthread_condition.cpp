// find: nothing. The same in the C of POSIX: mutex, condition with a deadline, join with a result.
#include <pthread.h>

#include <ctime>

pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
int ready = 0;

void* Wait(void* argument) {
  pthread_mutex_lock(&mutex);
  while (ready == 0) {
    timespec until{};
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 1;
    pthread_cond_timedwait(&changed, &mutex, &until);
  }
  pthread_mutex_unlock(&mutex);
  return argument;
}

int main() {
  pthread_t waiter{};
  int token = 0;
  if (pthread_create(&waiter, nullptr, Wait, &token) != 0) return 2;
  pthread_mutex_lock(&mutex);
  ready = 1;
  pthread_cond_signal(&changed);
  pthread_mutex_unlock(&mutex);
  void* result = nullptr;
  pthread_join(waiter, &result);
  return result == &token ? 0 : 1;
}
