// find: nothing. Readers and writers made of a mutex and a condition; a waiting writer goes first.
#include <condition_variable>
#include <mutex>
#include <thread>

std::mutex mutex;
std::condition_variable changed;
int readers = 0, waiting_writers = 0;
bool writing = false;
int left = 0, right = 0;

int Read() {
  std::unique_lock lock(mutex);
  changed.wait(lock, [] { return !writing && waiting_writers == 0; });
  ++readers;
  lock.unlock();
  const int difference = left - right;
  lock.lock();
  if (--readers == 0) changed.notify_all();
  return difference;
}

void Write() {
  std::unique_lock lock(mutex);
  ++waiting_writers;
  changed.wait(lock, [] { return !writing && readers == 0; });
  --waiting_writers;
  writing = true;
  lock.unlock();
  ++left;
  ++right;
  lock.lock();
  writing = false;
  changed.notify_all();
}

int main() {
  int difference = 0;
  std::thread reader([&] { difference = Read(); }), writer(Write);
  const int mine = Read();
  reader.join();
  writer.join();
  return difference == 0 && mine == 0 ? 0 : 1;
}
