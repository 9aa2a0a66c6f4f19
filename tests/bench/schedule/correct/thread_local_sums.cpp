// find: nothing. Each thread adds up in a thread_local variable, and hands the sum in once.
#include <atomic>
#include <thread>

std::atomic<int> total{0};

struct Sum {
  int value = 0;
  ~Sum() { total.fetch_add(value, std::memory_order_relaxed); }
};
thread_local Sum sum;

void Work() {
  for (int i = 1; i <= 3; ++i) sum.value += i;
}

int main() {
  std::thread first(Work), second(Work);
  first.join();
  second.join();
  return total == 12 ? 0 : 1;
}
