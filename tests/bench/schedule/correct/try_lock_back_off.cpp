// find: nothing. Locks in opposite orders, but who does not get the second gives the first back.
#include <mutex>
#include <thread>

std::mutex a, b;
int both = 0;

void Work(std::mutex& first, std::mutex& second) {
  for (;;) {
    std::unique_lock outer(first);
    std::unique_lock inner(second, std::try_to_lock);
    if (inner) {
      ++both;
      return;
    }
    outer.unlock();
    std::this_thread::yield();
  }
}

int main() {
  std::thread one(Work, std::ref(a), std::ref(b)), two(Work, std::ref(b), std::ref(a));
  one.join();
  two.join();
  return both == 2 ? 0 : 1;
}
