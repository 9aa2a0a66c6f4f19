// find: nothing. Readers share the lock; who does not find it takes the lock alone, and looks again.
#include <map>
#include <mutex>
#include <shared_mutex>
#include <thread>

std::shared_mutex mutex;
std::map<int, int> squares;
int computed = 0;

int Square(int of) {
  {
    std::shared_lock lock(mutex);
    if (const auto found = squares.find(of); found != squares.end()) return found->second;
  }
  std::unique_lock lock(mutex);
  const auto [place, is_new] = squares.try_emplace(of, of * of);
  if (is_new) ++computed;
  return place->second;
}

int main() {
  std::thread first([] { Square(3); }), second([] { Square(3); });
  const int nine = Square(3);
  first.join();
  second.join();
  return nine == 9 && computed == 1 ? 0 : 1;
}
