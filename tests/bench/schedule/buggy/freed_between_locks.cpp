// find: use-after-free. Each access is ordered by the lock, but the object can be gone by the second one.
#include <mutex>
#include <thread>

std::mutex mutex;
int* node = new int(1);

int main() {
  std::thread reader([] {
    int* mine = nullptr;
    {
      std::lock_guard lock(mutex);
      mine = node;
    }
    std::lock_guard lock(mutex);
    if (mine != nullptr) ++*mine;
  });
  {
    std::lock_guard lock(mutex);
    delete node;
    node = nullptr;
  }
  reader.join();
}
