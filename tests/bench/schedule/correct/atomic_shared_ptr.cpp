// find: nothing. std::atomic<shared_ptr>: readers keep the version that they have.
#include <atomic>
#include <memory>
#include <thread>

std::atomic<std::shared_ptr<int>> current;

int main() {
  current.store(std::make_shared<int>(1));
  int seen = 0;
  std::thread reader([&] {
    const auto mine = current.load();
    seen = *mine;
  });
  current.store(std::make_shared<int>(2));
  reader.join();
  return seen == 1 || seen == 2 ? 0 : 1;
}
