// A thread ends without unlocking.
#include <mutex>
#include <thread>

std::mutex m;

int main() {
  std::thread([] { m.lock(); }).join();
  m.lock();  // stuck
}
