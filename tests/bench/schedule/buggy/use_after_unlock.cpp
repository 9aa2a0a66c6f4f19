// find: use-after-free|race. A pointer is fetched under the lock and used after it, when its owner may have freed it.
#include <mutex>
#include <thread>

struct Session {
  std::mutex mutex;
  int hits = 0;
};
std::mutex table;
Session* session = new Session();

int main() {
  std::thread closer([] {
    Session* mine = nullptr;
    {
      std::lock_guard lock(table);
      mine = session;
      session = nullptr;
    }
    delete mine;
  });
  Session* found = nullptr;
  {
    std::lock_guard lock(table);
    found = session;
  }
  if (found != nullptr) {
    std::lock_guard lock(found->mutex);
    ++found->hits;
  }
  closer.join();
}
