// find: exception. Both workers may find that they are the first.
#include <atomic>
#include <future>
#include <thread>

std::atomic<bool> kept{false};

int main() {
  std::promise<int> promise;
  const auto work = [&](int value) {
    if (kept.load()) return;
    promise.set_value(value);
    kept.store(true);
  };
  std::thread first(work, 1), second(work, 2);
  first.join();
  second.join();
  return promise.get_future().get() > 0 ? 0 : 1;
}
