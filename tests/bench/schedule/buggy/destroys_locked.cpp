// find: mutex-misuse|use-after-free|race. A mutex is destroyed while a thread holds it.
#include <pthread.h>

#include <atomic>
#include <thread>

pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
std::atomic<bool> locked{false};

int main() {
  std::thread holder([] {
    pthread_mutex_lock(&mutex);
    locked.store(true);
    locked.notify_one();
    pthread_mutex_unlock(&mutex);
  });
  locked.wait(false);
  pthread_mutex_destroy(&mutex);
  holder.join();
}
