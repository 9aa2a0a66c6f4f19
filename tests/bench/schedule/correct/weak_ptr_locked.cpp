// find: nothing. lock() either keeps the object alive, or says that it has gone.
#include <atomic>
#include <memory>
#include <thread>

int main() {
  auto owner = std::make_shared<std::atomic<int>>(0);
  std::weak_ptr<std::atomic<int>> weak = owner;
  std::thread user([weak] {
    if (const auto mine = weak.lock()) mine->fetch_add(1);
  });
  owner.reset();
  user.join();
  return weak.expired() ? 0 : 1;
}
