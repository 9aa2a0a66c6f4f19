// POSIX threads: who does not get the second lock gives the first back, and then waits for the one it did not get.
#include "deadlock.hpp"

#include <semaphore.h>

#include <algorithm>
#include <map>
#include <memory>
#include <stdexcept>
#include <utility>

namespace {

void LockBoth(pthread_mutex_t* first, pthread_mutex_t* second) {
  while (true) {
    pthread_mutex_lock(first);
    if (first == second || pthread_mutex_trylock(second) == 0) return;
    pthread_mutex_unlock(first);
    std::swap(first, second);
  }
}

}  // namespace

class Bank::Hold {
 public:
  Hold(Account& first, Account& second) : first_(&first.mutex), second_(&second.mutex) { LockBoth(first_, second_); }
  ~Hold() {
    pthread_mutex_unlock(first_);
    if (second_ != first_) pthread_mutex_unlock(second_);
  }
  Hold(const Hold&) = delete;
  Hold& operator=(const Hold&) = delete;

 private:
  pthread_mutex_t* first_;
  pthread_mutex_t* second_;
};

Bank::Bank(std::size_t accounts, Money balance, Journal journal) : accounts_(accounts), journal_(std::move(journal)) {
  for (Account& account : accounts_) account.balance = balance;
}

bool Bank::transfer(std::size_t from, std::size_t to, Money amount) {
  Account& source = accounts_.at(from);
  Account& target = accounts_.at(to);
  if (amount < 0) throw std::invalid_argument("less than nothing");
  Hold hold(source, target);
  if (source.balance < amount) return false;
  if (amount == 0) return true;
  if (journal_) journal_({from, to, amount});
  source.balance -= amount;
  target.balance += amount;
  return true;
}

Bank::Money Bank::balance(std::size_t account) const {
  Account& asked = accounts_.at(account);
  Hold hold(asked, asked);
  return asked.balance;
}

// Gives everything back if one account is not free, waits for that one, and begins anew with it.
Bank::Money Bank::total() const {
  const std::size_t count = accounts_.size();
  for (std::size_t first = 0; count > 0;) {
    pthread_mutex_lock(&accounts_[first].mutex);
    std::size_t more = 1;
    while (more < count && pthread_mutex_trylock(&accounts_[(first + more) % count].mutex) == 0) ++more;
    Money sum = 0;
    for (std::size_t i = 0; i < more; ++i) {
      sum += accounts_[(first + i) % count].balance;
      pthread_mutex_unlock(&accounts_[(first + i) % count].mutex);
    }
    if (more == count) return sum;
    first = (first + more) % count;
  }
  return 0;
}

namespace {

// All but one may sit down.
struct Philosopher {
  int number;
  int rounds;
  const std::function<void(int)>* eat;
  pthread_mutex_t* left;
  pthread_mutex_t* right;
  sem_t* chairs;

  void Dine() const {
    for (int round = 0; round < rounds; ++round) {
      while (sem_wait(chairs) != 0) continue;
      pthread_mutex_lock(left);
      pthread_mutex_lock(right);
      (*eat)(number);
      pthread_mutex_unlock(right);
      pthread_mutex_unlock(left);
      sem_post(chairs);
    }
  }
};

void* Dine(void* philosopher) {
  static_cast<Philosopher*>(philosopher)->Dine();
  return nullptr;
}

}  // namespace

void philosophers(int n, int rounds, const std::function<void(int)>& eat) {
  if (n < 2 || rounds < 0) throw std::invalid_argument("philosophers");
  sem_t chairs;
  sem_init(&chairs, 0, static_cast<unsigned>(n - 1));
  std::vector<pthread_mutex_t> forks(static_cast<std::size_t>(n), pthread_mutex_t(PTHREAD_MUTEX_INITIALIZER));
  std::vector<Philosopher> guests;
  for (int i = 0; i < n; ++i) {
    guests.push_back(
        {i, rounds, &eat, &forks[static_cast<std::size_t>(i)], &forks[static_cast<std::size_t>((i + 1) % n)], &chairs});
  }
  std::vector<pthread_t> threads(guests.size());
  for (std::size_t i = 0; i < guests.size(); ++i) pthread_create(&threads[i], nullptr, Dine, &guests[i]);
  for (const pthread_t thread : threads) pthread_join(thread, nullptr);
  for (pthread_mutex_t& fork : forks) pthread_mutex_destroy(&fork);
  sem_destroy(&chairs);
}

std::vector<int> find_deadlock(const std::vector<WaitFor>& edges) {
  std::map<int, std::vector<int>> holders;
  for (const WaitFor& edge : edges) holders[edge.waiter].push_back(edge.holder);
  std::map<int, std::size_t> places;  // on the path
  std::vector<int> path;
  while (!holders.empty()) {
    if (path.empty()) {
      path.push_back(holders.begin()->first);
      places[path[0]] = 0;
    }
    const auto here = holders.find(path.back());
    if (here == holders.end() || here->second.empty()) {  // a dead end: nobody needs to come here again
      if (here != holders.end()) holders.erase(here);
      places.erase(path.back());
      path.pop_back();
      continue;
    }
    const int next = here->second.back();
    here->second.pop_back();
    if (const auto met = places.find(next); met != places.end()) {
      return {path.begin() + static_cast<std::ptrdiff_t>(met->second), path.end()};
    }
    if (holders.count(next) == 0) continue;
    places[next] = path.size();
    path.push_back(next);
  }
  return {};
}
