// find: nothing. A barrier of POSIX: one of those who meet is told that it is the serial one.
#include <pthread.h>

#include <atomic>
#include <thread>

int main() {
  pthread_barrier_t together;
  pthread_barrier_init(&together, nullptr, 3);
  int cells[3] = {0, 0, 0};
  std::atomic<int> serial{0}, sum{0};
  const auto work = [&](int me) {
    cells[me] = me + 1;
    if (pthread_barrier_wait(&together) == PTHREAD_BARRIER_SERIAL_THREAD) ++serial;
    sum += cells[(me + 1) % 3];
  };
  std::thread first(work, 1), second(work, 2);
  work(0);
  first.join();
  second.join();
  pthread_barrier_destroy(&together);
  return serial == 1 && sum == 6 ? 0 : 1;
}
