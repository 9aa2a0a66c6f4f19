// find: nothing. The writer frees the old version when all readers of it have left.
#include <atomic>
#include <thread>

std::atomic<int*> current{nullptr};
std::atomic<int> readers{0};

int Read() {
  readers.fetch_add(1);
  const int value = *current.load();
  readers.fetch_sub(1);
  return value;
}

int main() {
  current = new int(1);
  int seen = 0;
  std::thread reader([&] { seen = Read(); });
  int* const old = current.exchange(new int(2));
  while (readers.load() != 0) std::this_thread::yield();
  delete old;
  reader.join();
  delete current.load();
  return seen == 1 || seen == 2 ? 0 : 1;
}
