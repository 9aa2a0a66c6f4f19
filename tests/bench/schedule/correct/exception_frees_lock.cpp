// find: nothing. A guard gives the lock back when an exception leaves.
#include <mutex>
#include <stdexcept>
#include <thread>

std::mutex mutex;
int balance = 10, refused = 0;

void Withdraw(int amount) {
  try {
    std::lock_guard lock(mutex);
    if (amount > balance) throw std::runtime_error("too little");
    balance -= amount;
  } catch (const std::runtime_error&) {
    std::lock_guard lock(mutex);
    ++refused;
  }
}

int main() {
  std::thread first(Withdraw, 8), second(Withdraw, 8);
  first.join();
  second.join();
  return balance == 2 && refused == 1 ? 0 : 1;
}
