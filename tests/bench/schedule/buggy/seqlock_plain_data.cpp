// find: race. A sequence lock over plain data: the reader reads while the writer writes, whatever it does afterwards.
#include <atomic>
#include <thread>

std::atomic<unsigned> sequence{0};
int x = 0, y = 0;

int main() {
  std::thread writer([] {
    sequence.fetch_add(1);
    x = 1;
    y = 1;
    sequence.fetch_add(1);
  });
  int a = 0, b = 0;
  unsigned before = 0;
  do {
    before = sequence.load();
    a = x;
    b = y;
  } while (before % 2 != 0 || sequence.load() != before);
  writer.join();
  return a == b ? 0 : 1;
}
