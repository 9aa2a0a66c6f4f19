// deadlock.hpp, lab10: a bank and a table of philosophers that deadlock as shipped, and a detector of deadlocks.
//
// Fixed: everything outside the private section. Yours: the private section, and all of deadlock.cpp.
// Mend both under every order in which threads may run, and without one big lock: what shares no account, and
// philosophers who are no neighbours, must be able to run at the same time. Waiting threads sleep.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <vector>

// Accounts 0 … accounts-1. All functions but the constructor may be called by any threads at the same time.
class Bank {
 public:
  using Money = std::int64_t;  // cents

  struct Transfer {
    std::size_t from;
    std::size_t to;
    Money amount;
  };

  // Called once in each transfer that moves money, while its two accounts are held and no other. It may take long, and
  // does not call the bank.
  using Journal = std::function<void(const Transfer&)>;

  // Every account starts with balance. An empty journal is not called.
  Bank(std::size_t accounts, Money balance, Journal journal = {});

  // Moves amount, all or nothing: no thread sees it in neither or in both accounts. False, and nothing is moved, if
  // from holds less. from and to may be the same account. A transfer of two other accounts that nobody else uses does
  // not wait for this one. Throws std::out_of_range if there is no such account, std::invalid_argument if amount is
  // negative, and what the journal throws; nothing is moved then.
  bool transfer(std::size_t from, std::size_t to, Money amount);

  // Throws std::out_of_range if there is no such account.
  Money balance(std::size_t account) const;

  // The sum of all accounts at one moment, also while transfers are running.
  Money total() const;

 private:
  struct Account {
    bool held = false;
    Money balance = 0;
  };
  void GiveBack(std::size_t from, std::size_t to);

  std::vector<Account> accounts_;
  Journal journal_;
  mutable std::mutex mutex_;  // of all of this; nobody waits while it has it, but for a turn
  std::condition_variable free_;
};

// Seats n philosophers, each a thread, round a table with n forks: number i needs forks i and (i + 1) % n. Each eats
// rounds times: eat(i) is called while i holds both forks, and may take long. Returns when all have eaten and all
// threads have ended. Throws std::invalid_argument if n < 2 or rounds < 0.
void philosophers(int n, int rounds, const std::function<void(int)>& eat);

// waiter waits for something that holder holds; a waiter with several edges needs them all.
struct WaitFor {
  int waiter;
  int holder;
};

// A cycle of the wait-for graph: each waits for the next one and the last for the first, nobody twice. Empty if there
// is none. Any ints, edges may repeat, waiter may be holder (a cycle of one). 300,000 edges, in whatever shape, are
// fine.
std::vector<int> find_deadlock(const std::vector<WaitFor>& edges);
