// Two monitors: each gives a thread all that it needs at once, and is left while the thread uses it.
#include "deadlock.hpp"

#include <algorithm>
#include <stdexcept>
#include <thread>
#include <utility>

Bank::Bank(std::size_t accounts, Money balance, Journal journal)
    : accounts_(accounts, Account{false, balance}), journal_(std::move(journal)) {}

bool Bank::transfer(std::size_t from, std::size_t to, Money amount) {
  if (from >= accounts_.size() || to >= accounts_.size()) throw std::out_of_range("no such account");
  if (amount < 0) throw std::invalid_argument("negative amount");
  std::unique_lock lock(mutex_);
  free_.wait(lock, [&] { return !accounts_[from].held && !accounts_[to].held; });
  if (accounts_[from].balance < amount) return false;
  accounts_[from].held = accounts_[to].held = true;
  lock.unlock();
  try {
    if (journal_) journal_({from, to, amount});
  } catch (...) {
    lock.lock();
    GiveBack(from, to);
    throw;
  }
  lock.lock();
  accounts_[from].balance -= amount;
  accounts_[to].balance += amount;
  GiveBack(from, to);
  return true;
}

void Bank::GiveBack(std::size_t from, std::size_t to) {
  accounts_[from].held = accounts_[to].held = false;
  free_.notify_one();
}

Bank::Money Bank::balance(std::size_t account) const {
  std::lock_guard lock(mutex_);
  return accounts_.at(account).balance;
}

Bank::Money Bank::total() const {
  std::lock_guard lock(mutex_);
  Money sum = 0;
  for (const Account& account : accounts_) sum += account.balance;
  return sum;
}

namespace {

// Dijkstra's solution: who is hungry eats as soon as neither neighbour does.
class Table {
 public:
  explicit Table(int seats) : seats_(seats), states_(static_cast<std::size_t>(seats)), may_eat_(states_.size()) {}

  void Take(int i) {
    std::unique_lock lock(mutex_);
    At(i) = State::kHungry;
    Test(i);
    may_eat_[Index(i)].wait(lock, [&] { return At(i) == State::kEating; });
  }
  void PutBack(int i) {
    std::lock_guard lock(mutex_);
    At(i) = State::kThinking;
    Test(i + 1);
    Test(i + seats_ - 1);
  }

 private:
  enum class State { kThinking, kHungry, kEating };

  std::size_t Index(int i) const { return static_cast<std::size_t>(i % seats_); }
  State& At(int i) { return states_[Index(i)]; }
  void Test(int i) {
    if (At(i) != State::kHungry || At(i + 1) == State::kEating || At(i + seats_ - 1) == State::kEating) return;
    At(i) = State::kEating;
    may_eat_[Index(i)].notify_one();
  }

  int seats_;
  std::mutex mutex_;
  std::vector<State> states_;
  std::vector<std::condition_variable> may_eat_;
};

}  // namespace

void philosophers(int n, int rounds, const std::function<void(int)>& eat) {
  if (rounds < 0) throw std::invalid_argument("rounds");
  if (n < 2) throw std::invalid_argument("n");
  Table table(n);
  std::vector<std::thread> guests;
  for (int i = 0; i < n; ++i) {
    guests.emplace_back([&, i] {
      for (int left = rounds; left > 0; --left) {
        table.Take(i);
        eat(i);
        table.PutBack(i);
      }
    });
  }
  for (auto& guest : guests) guest.join();
}

namespace {

// Tarjan's components, without recursion: one of two or more members has a cycle, and so has a waiter for itself.
class Components {
 public:
  explicit Components(const std::vector<WaitFor>& edges) {
    for (const WaitFor& edge : edges) {
      names_.push_back(edge.waiter);
      names_.push_back(edge.holder);
    }
    std::sort(names_.begin(), names_.end());
    names_.erase(std::unique(names_.begin(), names_.end()), names_.end());
    nodes_.resize(names_.size());
    for (const WaitFor& edge : edges) nodes_[Of(edge.waiter)].next.push_back(Of(edge.holder));
  }

  std::vector<int> Cycle() {
    for (std::size_t root = 0; root < nodes_.size(); ++root) {
      if (nodes_[root].index != 0) continue;
      if (const auto in_cycle = Search(root); in_cycle < nodes_.size()) return Walk(in_cycle);
    }
    return {};
  }

 private:
  struct Node {
    std::vector<std::size_t> next;
    std::size_t done = 0;  // edges
    std::size_t index = 0, low = 0;
    bool on_stack = false;
  };

  std::size_t Of(int name) const {
    return static_cast<std::size_t>(std::lower_bound(names_.begin(), names_.end(), name) - names_.begin());
  }

  // The root of a component that has a cycle, or nodes_.size().
  std::size_t Search(std::size_t root) {
    std::vector<std::size_t> calls{root};
    Open(root);
    while (!calls.empty()) {
      const std::size_t at = calls.back();
      Node& node = nodes_[at];
      if (node.done < node.next.size()) {
        const std::size_t to = node.next[node.done++];
        if (to == at) return at;
        if (nodes_[to].index == 0) {
          Open(to);
          calls.push_back(to);
        } else if (nodes_[to].on_stack) {
          node.low = std::min(node.low, nodes_[to].index);
        }
        continue;
      }
      calls.pop_back();
      if (!calls.empty()) nodes_[calls.back()].low = std::min(nodes_[calls.back()].low, node.low);
      if (node.low != node.index) continue;
      if (stack_.back() != at) return at;
      nodes_[at].on_stack = false;
      stack_.pop_back();
    }
    return nodes_.size();
  }

  void Open(std::size_t at) {
    nodes_[at].index = nodes_[at].low = ++count_;
    nodes_[at].on_stack = true;
    stack_.push_back(at);
  }

  // Breadth first from a member back to itself, within its component.
  std::vector<int> Walk(std::size_t from) const {
    std::vector<std::size_t> came_from(nodes_.size(), nodes_.size());
    std::vector<std::size_t> queue{from};
    for (std::size_t head = 0; head < queue.size(); ++head) {
      for (const std::size_t to : nodes_[queue[head]].next) {
        if (to == from) return Back(came_from, queue[head], from);
        if (came_from[to] != nodes_.size()) continue;
        came_from[to] = queue[head];
        queue.push_back(to);
      }
    }
    return {};
  }

  std::vector<int> Back(const std::vector<std::size_t>& came_from, std::size_t last, std::size_t first) const {
    std::vector<int> cycle;
    for (std::size_t at = last; at != first; at = came_from[at]) cycle.push_back(names_[at]);
    cycle.push_back(names_[first]);
    std::reverse(cycle.begin(), cycle.end());
    return cycle;
  }

  std::vector<int> names_;
  std::vector<Node> nodes_;
  std::vector<std::size_t> stack_;
  std::size_t count_ = 0;
};

}  // namespace

std::vector<int> find_deadlock(const std::vector<WaitFor>& edges) { return Components(edges).Cycle(); }
