// Flags on which threads sleep (std::atomic::wait), for accounts; semaphores for forks, and one philosopher who begins
// with the other one. total() waits for nobody's journal.
#include "deadlock.hpp"

#include <array>
#include <deque>
#include <mutex>
#include <semaphore>
#include <stdexcept>
#include <thread>
#include <unordered_map>
#include <utility>

class Bank::Hold {
 public:
  Hold(Account& one, Account& other) : accounts_{&one, &other}, count_(&one == &other ? 1 : 2) {
    if (&other < &one) std::swap(accounts_[0], accounts_[1]);
    for (std::size_t i = 0; i < count_; ++i) {
      while (accounts_[i]->held.exchange(true)) accounts_[i]->held.wait(true);
    }
  }
  ~Hold() {
    for (std::size_t i = 0; i < count_; ++i) {
      accounts_[i]->held = false;
      accounts_[i]->held.notify_one();
    }
  }
  Hold(const Hold&) = delete;
  Hold& operator=(const Hold&) = delete;

 private:
  std::array<Account*, 2> accounts_;
  std::size_t count_;
};

Bank::Bank(std::size_t accounts, Money balance, Journal journal) : accounts_(accounts), journal_(std::move(journal)) {
  for (Account& account : accounts_) account.balance = balance;
}

bool Bank::transfer(std::size_t from, std::size_t to, Money amount) {
  if (amount < 0) throw std::invalid_argument("amount");
  Account& source = accounts_.at(from);
  Account& target = accounts_.at(to);
  const Hold hold(source, target);
  if (source.balance < amount) return false;
  if (journal_) journal_(Transfer{from, to, amount});
  const std::shared_lock moves(moving_);
  source.balance -= amount;
  target.balance += amount;
  return true;
}

Bank::Money Bank::balance(std::size_t account) const {
  Account& asked = accounts_.at(account);
  const Hold hold(asked, asked);
  return asked.balance;
}

Bank::Money Bank::total() const {
  const std::unique_lock nobody_moves(moving_);
  Money sum = 0;
  for (const Account& account : accounts_) sum += account.balance;
  return sum;
}

void philosophers(int n, int rounds, const std::function<void(int)>& eat) {
  if (n < 2 || rounds < 0) throw std::invalid_argument("philosophers");
  std::deque<std::binary_semaphore> forks;
  for (int i = 0; i < n; ++i) forks.emplace_back(1);
  const auto dine = [&](int i) {
    std::binary_semaphore& left = forks[static_cast<std::size_t>(i)];
    std::binary_semaphore& right = forks[static_cast<std::size_t>((i + 1) % n)];
    std::binary_semaphore& first = i == 0 ? right : left;
    std::binary_semaphore& second = i == 0 ? left : right;
    for (int round = 0; round < rounds; ++round) {
      first.acquire();
      second.acquire();
      eat(i);
      second.release();
      first.release();
    }
  };
  std::vector<std::jthread> threads;
  for (int i = 0; i < n; ++i) threads.emplace_back(dine, i);
}

std::vector<int> find_deadlock(const std::vector<WaitFor>& edges) {
  enum class Mark { kNew, kOpen, kClosed };
  struct Node {
    std::vector<int> holders;
    Mark mark = Mark::kNew;
  };
  std::unordered_map<int, Node> nodes;
  for (const WaitFor& edge : edges) {
    nodes[edge.waiter].holders.push_back(edge.holder);
    nodes[edge.holder];
  }
  for (auto& [root, unused] : nodes) {
    if (nodes[root].mark != Mark::kNew) continue;
    std::vector<int> path{root};
    nodes[root].mark = Mark::kOpen;
    while (!path.empty()) {
      Node& node = nodes[path.back()];
      if (node.holders.empty()) {
        node.mark = Mark::kClosed;
        path.pop_back();
        continue;
      }
      const int next = node.holders.back();
      node.holders.pop_back();
      Mark& mark = nodes[next].mark;
      if (mark == Mark::kOpen) {
        std::size_t start = path.size() - 1;
        while (path[start] != next) --start;
        return {path.begin() + static_cast<std::ptrdiff_t>(start), path.end()};
      }
      if (mark == Mark::kNew) {
        mark = Mark::kOpen;
        path.push_back(next);
      }
    }
  }
  return {};
}
