// find: mutex-misuse. Two threads wait on one condition with different mutexes at the same time.
#include <pthread.h>

#include <thread>

pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER, right = PTHREAD_MUTEX_INITIALIZER;
pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
int go = 0;

void Wait(pthread_mutex_t* mutex) {
  pthread_mutex_lock(mutex);
  while (__atomic_load_n(&go, __ATOMIC_SEQ_CST) == 0) pthread_cond_wait(&changed, mutex);
  pthread_mutex_unlock(mutex);
}

int main() {
  std::thread first(Wait, &left), second(Wait, &right);
  pthread_mutex_lock(&left);
  pthread_mutex_lock(&right);
  __atomic_store_n(&go, 1, __ATOMIC_SEQ_CST);
  pthread_cond_broadcast(&changed);
  pthread_mutex_unlock(&right);
  pthread_mutex_unlock(&left);
  first.join();
  second.join();
}
