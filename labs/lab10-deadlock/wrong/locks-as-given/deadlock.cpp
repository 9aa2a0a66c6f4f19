// A bank whose transfers cannot deadlock: whoever needs several accounts takes them in the order of their numbers.
#include "deadlock.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "detector.hpp"
#include "table.hpp"

Bank::Bank(std::size_t accounts, Money balance, Journal journal) : accounts_(accounts), journal_(std::move(journal)) {
  for (Account& account : accounts_) account.balance = balance;
}

bool Bank::transfer(std::size_t from, std::size_t to, Money amount) {
  Account& source = accounts_.at(from);
  Account& target = accounts_.at(to);
  if (amount < 0) throw std::invalid_argument("negative amount");
  std::unique_lock first(source.mutex);
  std::unique_lock<std::mutex> second;
  if (from != to) second = std::unique_lock(target.mutex);
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
  std::vector<std::unique_lock<std::mutex>> all;
  all.reserve(accounts_.size());
  Money sum = 0;
  for (Account& account : accounts_) {
    all.emplace_back(account.mutex);
    sum += account.balance;
  }
  return sum;
}

void philosophers(int n, int rounds, const std::function<void(int)>& eat) { Table(n, rounds, eat).Serve(); }

std::vector<int> find_deadlock(const std::vector<WaitFor>& edges) { return Detector(edges).Cycle(); }
