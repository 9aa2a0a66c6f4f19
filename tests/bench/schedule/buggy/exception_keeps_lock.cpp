// find: deadlock. An exception leaves the function between lock() and unlock().
#include <mutex>
#include <stdexcept>
#include <thread>

std::mutex mutex;
int balance = 10;

void Withdraw(int amount) {
  mutex.lock();
  if (amount > balance) throw std::runtime_error("too little");
  balance -= amount;
  mutex.unlock();
}

void Try(int amount) {
  try {
    Withdraw(amount);
  } catch (const std::runtime_error&) {
  }
}

int main() {
  std::thread first(Try, 8), second(Try, 4);
  first.join();
  second.join();
  std::lock_guard lock(mutex);
}
