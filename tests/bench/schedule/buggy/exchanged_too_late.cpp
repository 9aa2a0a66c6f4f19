// find: double-free. The pointer is freed first and set to null afterwards.
#include <atomic>
#include <thread>

std::atomic<int*> cached{new int(3)};

void Clear() {
  int* const old = cached.load();
  if (old == nullptr) return;
  delete old;
  cached.store(nullptr);
}

int main() {
  std::thread other(Clear);
  Clear();
  other.join();
}
