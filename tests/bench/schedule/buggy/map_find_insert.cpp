// find: race. One thread looks into a map while another inserts.
#include <map>
#include <mutex>
#include <string>
#include <thread>

std::map<int, std::string> names;
std::mutex mutex;

int main() {
  std::thread writer([] {
    for (int i = 0; i < 3; ++i) {
      std::lock_guard lock(mutex);
      names[i] = "name";
    }
  });
  const bool there = names.contains(1);  // without the lock
  writer.join();
  return there && names.empty() ? 1 : 0;
}
