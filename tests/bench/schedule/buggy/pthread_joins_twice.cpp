// find: thread-misuse|mutex-misuse|crash|deadlock. Two threads join the same one.
#include <pthread.h>

#include <thread>

void* Nothing(void* argument) { return argument; }

int main() {
  pthread_t worker{};
  pthread_create(&worker, nullptr, Nothing, nullptr);
  std::thread other([worker] { pthread_join(worker, nullptr); });
  pthread_join(worker, nullptr);
  other.join();
}
