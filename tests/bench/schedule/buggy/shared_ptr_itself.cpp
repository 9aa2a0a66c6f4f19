// find: race|use-after-free|double-free|crash. The count of a shared_ptr is atomic, the pointer itself is not.
#include <memory>
#include <thread>

std::shared_ptr<int> current = std::make_shared<int>(1);

int main() {
  std::thread writer([] { current = std::make_shared<int>(2); });
  const auto copy = current;
  writer.join();
  return *copy == 0 ? 1 : 0;
}
