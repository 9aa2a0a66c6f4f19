// find: nothing. A read-write lock of POSIX.
#include <pthread.h>

#include <thread>

pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
int left = 0, right = 0;

int main() {
  bool same = false;
  std::thread writer([] {
    pthread_rwlock_wrlock(&lock);
    ++left;
    ++right;
    pthread_rwlock_unlock(&lock);
  });
  std::thread reader([&] {
    pthread_rwlock_rdlock(&lock);
    same = left == right;
    pthread_rwlock_unlock(&lock);
  });
  writer.join();
  reader.join();
  return same ? 0 : 1;
}
