// find: race|use-after-free|double-free. Two threads append to one vector.
#include <thread>
#include <vector>

std::vector<int> numbers;

void Append() {
  for (int i = 0; i < 4; ++i) numbers.push_back(i);
}

int main() {
  std::thread first(Append), second(Append);
  first.join();
  second.join();
}
