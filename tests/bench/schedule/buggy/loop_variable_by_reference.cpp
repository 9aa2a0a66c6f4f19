// find: race|wrong-result. The threads take the loop's variable by reference.
#include <atomic>
#include <cstdio>
#include <thread>
#include <vector>

int main() {
  std::atomic<int> sum{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 3;) {
    threads.emplace_back([&i, &sum] { sum += i; });
    ++i;
  }
  for (auto& thread : threads) thread.join();
  if (sum != 0 + 1 + 2) {
    std::printf("wrong: %d\n", sum.load());
    return 1;
  }
}
