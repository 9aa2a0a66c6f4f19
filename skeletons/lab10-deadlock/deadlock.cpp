// Lab 10: a bank and a table of philosophers that deadlock. deadlock.hpp says what they must do; the handout, why they
// do not. It works most of the time. That is what is wrong with it.
#include "deadlock.hpp"

#include <stdexcept>
#include <thread>
#include <utility>

Bank::Bank(std::size_t accounts, Money balance, Journal journal) : accounts_(accounts), journal_(std::move(journal)) {
  for (Account& account : accounts_) account.balance = balance;
}

bool Bank::transfer(std::size_t from, std::size_t to, Money amount) {
  Account& source = accounts_.at(from);
  Account& target = accounts_.at(to);
  if (amount < 0) throw std::invalid_argument("negative amount");
  // TODO: two threads that transfer in opposite directions can wait for each other for ever here. And one that
  // transfers from an account to itself?
  std::lock_guard source_lock(source.mutex);
  std::lock_guard target_lock(target.mutex);
  if (source.balance < amount) return false;
  if (journal_) journal_({from, to, amount});
  source.balance -= amount;
  target.balance += amount;
  return true;
}

Bank::Money Bank::balance(std::size_t account) const {
  std::lock_guard lock(accounts_.at(account).mutex);
  return accounts_[account].balance;
}

Bank::Money Bank::total() const {
  // TODO: while it adds up, money moves from accounts that it has not seen to some that it has.
  Money sum = 0;
  for (Account& account : accounts_) {
    std::lock_guard lock(account.mutex);
    sum += account.balance;
  }
  return sum;
}

void philosophers(int n, int rounds, const std::function<void(int)>& eat) {
  if (n < 2 || rounds < 0) throw std::invalid_argument("philosophers");
  std::vector<std::mutex> forks(static_cast<std::size_t>(n));
  std::vector<std::jthread> table;
  for (int i = 0; i < n; ++i) {
    table.emplace_back([&, i] {
      for (int round = 0; round < rounds; ++round) {
        // TODO: what if each has its left fork?
        std::lock_guard left(forks[static_cast<std::size_t>(i)]);
        std::lock_guard right(forks[static_cast<std::size_t>((i + 1) % n)]);
        eat(i);
      }
    });
  }
}

// TODO: not only the first waiter, not only cycles of two, and not by a recursion 300,000 deep.
std::vector<int> find_deadlock(const std::vector<WaitFor>&) { return {}; }
