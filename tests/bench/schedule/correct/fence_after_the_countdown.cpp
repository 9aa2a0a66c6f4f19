// find: nothing. A reference count decremented with release; only the last one needs the acquire fence.
#include <atomic>
#include <thread>

struct Shared {
  std::atomic<int> owners{3};
  int left = 0, right = 0;
};
std::atomic<int> sum{0};

void Drop(Shared* shared) {
  if (shared->owners.fetch_sub(1, std::memory_order_release) != 1) return;
  std::atomic_thread_fence(std::memory_order_acquire);
  sum = shared->left + shared->right;
  delete shared;
}

int main() {
  auto* shared = new Shared();
  std::thread first([=] {
    shared->left = 1;
    Drop(shared);
  });
  std::thread second([=] {
    shared->right = 2;
    Drop(shared);
  });
  Drop(shared);
  first.join();
  second.join();
  return sum == 3 ? 0 : 1;
}
