// find: race|mutex-misuse|wrong-result. Readers and writer: the first reader locks the room, but counts without a lock
// of its own.
#include <atomic>
#include <semaphore>
#include <thread>

std::atomic<int> readers{0};
std::counting_semaphore<4> room(1);
int data = 0;

void Read() {
  if (readers.load() == 0) room.acquire();
  readers.fetch_add(1);
  const volatile int seen = data;
  static_cast<void>(seen);
  if (readers.fetch_sub(1) == 1) room.release();
}

void Write() {
  room.acquire();
  ++data;
  room.release();
}

int main() {
  std::thread first(Read), second(Write);
  Read();
  first.join();
  second.join();
}
