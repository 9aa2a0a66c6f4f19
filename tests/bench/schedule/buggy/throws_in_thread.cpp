// find: exception. A bad number ends a thread by an exception that nobody catches.
#include <atomic>
#include <stdexcept>
#include <thread>

std::atomic<int> divisor{1};

int main() {
  std::thread worker([] {
    if (divisor.load() == 0) throw std::invalid_argument("division by zero");
  });
  divisor.store(0);
  worker.join();
}
