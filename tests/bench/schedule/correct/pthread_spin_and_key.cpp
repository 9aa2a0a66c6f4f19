// find: nothing. A spin lock of POSIX, and data of each thread under a key with a destructor.
#include <pthread.h>

#include <atomic>
#include <thread>

pthread_spinlock_t lock;
pthread_key_t key;
int counter = 0;
std::atomic<int> destroyed{0};

void Work() {
  pthread_setspecific(key, new int(1));
  pthread_spin_lock(&lock);
  counter += *static_cast<int*>(pthread_getspecific(key));
  pthread_spin_unlock(&lock);
}

int main() {
  pthread_spin_init(&lock, PTHREAD_PROCESS_PRIVATE);
  pthread_key_create(&key, [](void* value) {
    delete static_cast<int*>(value);
    ++destroyed;
  });
  std::thread first(Work), second(Work);
  first.join();
  second.join();
  pthread_spin_destroy(&lock);
  return counter == 2 && destroyed == 2 ? 0 : 1;
}
