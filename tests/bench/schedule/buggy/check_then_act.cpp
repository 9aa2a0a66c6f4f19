// find: wrong-result. The balance is looked at under the lock, and taken from under the lock, but not under one.
#include <cstdio>
#include <mutex>
#include <thread>

std::mutex mutex;
int balance = 100;

int Balance() {
  std::lock_guard lock(mutex);
  return balance;
}

void Withdraw(int amount) {
  if (Balance() < amount) return;
  std::lock_guard lock(mutex);
  balance -= amount;
}

int main() {
  std::thread first(Withdraw, 70), second(Withdraw, 60);
  first.join();
  second.join();
  if (balance < 0) {
    std::printf("wrong: %d\n", balance);
    return 1;
  }
}
