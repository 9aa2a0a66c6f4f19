// std::scoped_lock takes both locks or none. Who is in a cycle is left when those who wait for nobody are taken away.
#include "deadlock.hpp"

#include <algorithm>
#include <stdexcept>
#include <thread>
#include <unordered_map>
#include <utility>

Bank::Bank(std::size_t accounts, Money balance, Journal journal) : accounts_(accounts), journal_(std::move(journal)) {
  for (Account& account : accounts_) account.balance = balance;
}

bool Bank::transfer(std::size_t from, std::size_t to, Money amount) {
  if (amount < 0) throw std::invalid_argument("negative amount");
  Account& source = accounts_.at(from);
  Account& target = accounts_.at(to);
  if (from == to) {
    std::scoped_lock lock(source.mutex);
    return source.balance >= amount;
  }
  std::scoped_lock both(source.mutex, target.mutex);
  if (source.balance < amount) return false;
  if (journal_) journal_({from, to, amount});
  source.balance -= amount;
  target.balance += amount;
  return true;
}

Bank::Money Bank::balance(std::size_t account) const {
  Account& asked = accounts_.at(account);
  std::scoped_lock lock(asked.mutex);
  return asked.balance;
}

Bank::Money Bank::total() const {
  for (Account& account : accounts_) account.mutex.lock();
  Money sum = 0;
  for (const Account& account : accounts_) sum += account.balance;
  for (Account& account : accounts_) account.mutex.unlock();
  return sum;
}

void philosophers(int n, int rounds, const std::function<void(int)>& eat) {
  if (n < 2 || rounds < 0) throw std::invalid_argument("a table needs two seats");
  std::vector<std::mutex> forks(static_cast<std::size_t>(n));
  const auto fork = [&](int i) -> std::mutex& { return forks[static_cast<std::size_t>(i % n)]; };
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i) {
    threads.emplace_back([&fork, &eat, rounds, i] {
      for (int round = 0; round < rounds; ++round) {
        std::scoped_lock both(fork(i), fork(i + 1));
        eat(i);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

std::vector<int> find_deadlock(const std::vector<WaitFor>& edges) {
  std::unordered_map<int, int> waits;
  for (const WaitFor& edge : edges) {
    ++waits[edge.waiter];
    waits.emplace(edge.holder, 0);
  }
  std::vector<WaitFor> by_holder = edges;
  std::sort(by_holder.begin(), by_holder.end(), [](const WaitFor& a, const WaitFor& b) { return a.holder < b.holder; });
  std::vector<int> idle;
  for (const auto& [who, count] : waits) {
    if (count == 0) idle.push_back(who);
  }
  while (!idle.empty()) {
    const int holder = idle.back();
    idle.pop_back();
    auto edge = std::lower_bound(by_holder.begin(), by_holder.end(), holder,
                                 [](const WaitFor& a, int who) { return a.holder < who; });
    for (; edge != by_holder.end() && edge->holder == holder; ++edge) {
      if (--waits[edge->waiter] == 0) idle.push_back(edge->waiter);
    }
  }
  std::unordered_map<int, int> next;  // among those who are left
  for (const WaitFor& edge : edges) {
    if (waits[edge.waiter] > 0 && waits[edge.holder] > 0) next[edge.waiter] = edge.holder;
  }
  if (next.empty()) return {};
  std::unordered_map<int, std::size_t> places;
  std::vector<int> path;
  int who = next.begin()->first;
  while (places.emplace(who, path.size()).second) {
    path.push_back(who);
    who = next[who];
  }
  return {path.begin() + static_cast<std::ptrdiff_t>(places[who]), path.end()};
}
