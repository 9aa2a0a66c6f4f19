// find: nothing. scoped_lock takes two mutexes without a deadlock, whatever the order in which they are named.
#include <mutex>
#include <thread>

struct Account {
  std::mutex mutex;
  int balance = 10;
};

void Transfer(Account& from, Account& to) {
  std::scoped_lock both(from.mutex, to.mutex);
  --from.balance;
  ++to.balance;
}

int main() {
  Account a, b;
  std::thread first([&] { Transfer(a, b); }), second([&] { Transfer(b, a); });
  first.join();
  second.join();
  return a.balance == 10 && b.balance == 10 ? 0 : 1;
}
