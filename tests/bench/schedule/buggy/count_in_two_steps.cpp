// find: double-free|race|use-after-free|wrong-result. A reference count that is decremented, and looked at afterwards.
#include <atomic>
#include <thread>

struct Shared {
  std::atomic<int> owners{2};
};

void Drop(Shared* shared) {
  shared->owners.fetch_sub(1);
  if (shared->owners.load() == 0) delete shared;
}

int main() {
  auto* shared = new Shared();
  std::thread other(Drop, shared);
  Drop(shared);
  other.join();
}
