// find: race. Each thread locks a mutex, but not the same one.
#include <mutex>
#include <thread>

std::mutex left, right;
int counter = 0;

void Add(std::mutex& mutex) {
  for (int i = 0; i < 3; ++i) {
    std::lock_guard lock(mutex);
    ++counter;
  }
}

int main() {
  std::thread first(Add, std::ref(left)), second(Add, std::ref(right));
  first.join();
  second.join();
}
