// find: race|wrong-result. "After 50 ms it will be ready" (sleep under test: it orders nothing).
#include <chrono>
#include <cstdio>
#include <thread>

int data = 0;

int main() {
  std::thread worker([] { data = 42; });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  const int seen = data;
  worker.join();
  if (seen != 42) {
    std::printf("wrong: %d\n", seen);
    return 1;
  }
}
