// find: deadlock|mutex-misuse. Two readers both want to become the writer, and neither lets go.
#include <pthread.h>

#include <thread>

pthread_rwlock_t table = PTHREAD_RWLOCK_INITIALIZER;
pthread_mutex_t one_writer = PTHREAD_MUTEX_INITIALIZER;
int value = 0;

void ReadThenWrite() {
  pthread_rwlock_rdlock(&table);
  if (value < 2) {
    pthread_mutex_lock(&one_writer);
    pthread_rwlock_unlock(&table);
    pthread_rwlock_wrlock(&table);  // the other reader keeps its read lock while it waits for one_writer
    ++value;
    pthread_mutex_unlock(&one_writer);
  }
  pthread_rwlock_unlock(&table);
}

int main() {
  std::thread first(ReadThenWrite), second(ReadThenWrite);
  first.join();
  second.join();
}
