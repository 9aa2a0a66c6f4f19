// find: nothing. Readers wait on a condition with a shared lock.
#include <condition_variable>
#include <mutex>
#include <shared_mutex>
#include <thread>

std::shared_mutex mutex;
std::condition_variable_any changed;
int version = 0;

int main() {
  const auto read = [] {
    std::shared_lock lock(mutex);
    changed.wait(lock, [] { return version > 0; });
  };
  std::thread first(read), second(read);
  {
    std::unique_lock lock(mutex);
    version = 1;
  }
  changed.notify_all();
  first.join();
  second.join();
}
