// find: use-after-free|race. The old version is freed at once, although a reader may still be in it.
#include <atomic>
#include <thread>

struct Version {
  std::atomic<int> number{1};
};
std::atomic<Version*> current{new Version()};

int main() {
  std::thread reader([] {
    Version* const version = current.load(std::memory_order_acquire);
    version->number.fetch_add(1);
    version->number.fetch_add(1);
  });
  Version* const old = current.exchange(new Version(), std::memory_order_acq_rel);
  delete old;
  reader.join();
  delete current.load();
}
