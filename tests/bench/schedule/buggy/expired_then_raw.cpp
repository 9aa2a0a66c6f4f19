// find: use-after-free|race. Asks the weak_ptr whether it has expired, then uses the raw pointer.
#include <atomic>
#include <memory>
#include <thread>

struct Thing {
  std::atomic<int> uses{0};
};

int main() {
  auto owner = std::make_unique<std::shared_ptr<Thing>>(new Thing());
  const std::weak_ptr<Thing> weak = *owner;
  Thing* const raw = owner->get();
  std::thread user([weak, raw] {
    if (!weak.expired()) raw->uses.fetch_add(1);
  });
  owner->reset();
  user.join();
}
