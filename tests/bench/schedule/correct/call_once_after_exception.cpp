// find: nothing. call_once whose function throws is tried again by the next caller.
#include <atomic>
#include <mutex>
#include <stdexcept>
#include <thread>

std::once_flag once;
int tries = 0;
std::atomic<int> caught{0};

void Use() {
  try {
    std::call_once(once, [] {
      if (++tries == 1) throw std::runtime_error("not yet");
    });
  } catch (const std::runtime_error&) {
    ++caught;
  }
}

int main() {
  std::thread first(Use), second(Use);
  Use();
  first.join();
  second.join();
  return tries == 2 && caught == 1 ? 0 : 1;
}
