// find: race. The writer locks, the reader thinks that one look needs no lock.
#include <mutex>
#include <thread>

std::mutex mutex;
long balance = 100;

int main() {
  std::thread writer([] {
    std::lock_guard lock(mutex);
    balance -= 30;
  });
  const long seen = balance;
  writer.join();
  return seen < 0 ? 1 : 0;
}
