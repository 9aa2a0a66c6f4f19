// find: nothing. The object with the mutex is freed by whoever is the last to have left it.
#include <mutex>
#include <thread>

struct Shared {
  std::mutex mutex;
  int users = 2;
};

void Leave(Shared* shared) {
  bool last = false;
  {
    std::lock_guard lock(shared->mutex);
    last = --shared->users == 0;
  }
  if (last) delete shared;
}

int main() {
  auto* shared = new Shared();
  std::thread other(Leave, shared);
  Leave(shared);
  other.join();
}
