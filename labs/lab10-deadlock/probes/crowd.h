// Scenes of several threads with a bank. They meet in the bank only, unless a scene is about meeting.
#pragma once

#include <atomic>
#include <barrier>
#include <chrono>
#include <latch>
#include <semaphore>
#include <thread>

#include "bank.h"
#include "effort.h"

namespace driver {

using Threads = std::vector<std::jthread>;

// crossing ACCOUNTS BALANCE ROUNDS TOTALS (FROM TO AMOUNT)…: each transfer has a thread, which makes it ROUNDS times.
// One more thread asks TOTALS times for the total.
inline void Crossing(Words words) {
  const std::size_t accounts = words.Account();
  Bank bank(accounts, words.Number());
  const int rounds = words.Int();
  const int totals = words.Int();
  {
    Threads threads;
    while (words.More()) {
      threads.emplace_back([&bank, rounds, transfer = NextTransfer(words)] {
        for (int i = 0; i < rounds; ++i) bank.transfer(transfer.from, transfer.to, transfer.amount);
      });
    }
    if (totals > 0) {
      threads.emplace_back([&bank, totals] {
        for (int i = 0; i < totals; ++i) Tell("seen", bank.total());
      });
    }
  }
  TellBalances(bank, accounts);
}

// apart BALANCE (FROM TO AMOUNT)…: transfers that share no account; each journal waits until all are in theirs.
inline void Apart(Words words) {
  const Bank::Money balance = words.Number();
  std::vector<Bank::Transfer> transfers;
  while (words.More()) transfers.push_back(NextTransfer(words));
  std::latch all(static_cast<std::ptrdiff_t>(transfers.size()));
  Bank bank(2 * transfers.size(), balance, [&](const Bank::Transfer&) { all.arrive_and_wait(); });
  {
    Threads threads;
    for (const auto& transfer : transfers) threads.emplace_back([&bank, transfer] { EndingOf(bank, transfer); });
  }
  TellBalances(bank, 2 * transfers.size());
}

// beside BALANCE A B C D E: the journal of A → B does not return before D → E has been made twice, by two threads, and
// the balance of D been told, whatever C → A, which waits, has in its hands.
inline void Beside(Words words) {
  const Bank::Money balance = words.Number();
  const std::size_t a = words.Account();
  const std::size_t b = words.Account();
  const std::size_t c = words.Account();
  const std::size_t d = words.Account();
  const std::size_t e = words.Account();
  std::latch inside(1);
  std::latch made(1);
  Bank bank(5, balance, [&](const Bank::Transfer& transfer) {
    if (transfer.from != a) return;
    inside.count_down();
    made.wait();
  });
  {
    Threads threads;
    threads.emplace_back([&] { bank.transfer(a, b, 1); });
    threads.emplace_back([&] {
      inside.wait();
      bank.transfer(c, a, 2);
    });
    inside.wait();
    {
      const std::jthread other([&] { bank.transfer(d, e, 4); });
      bank.transfer(d, e, 3);
    }
    Tell("beside", bank.balance(d));
    made.count_down();
  }
  TellBalances(bank, 5);
}

// held ACCOUNTS BALANCE (FROM TO AMOUNT)…: transfers that share accounts: how many were in their journals at once?
inline void Held(Words words) {
  const std::size_t accounts = words.Account();
  std::atomic<int> inside = 0;
  std::atomic<int> most = 0;
  std::atomic<int> calls = 0;
  Bank bank(accounts, words.Number(), [&](const Bank::Transfer&) {
    const int now = ++inside;
    if (now > most) most = now;
    ++calls;
    --inside;
  });
  {
    Threads threads;
    while (words.More()) {
      threads.emplace_back(
          [&bank, transfer = NextTransfer(words)] { bank.transfer(transfer.from, transfer.to, transfer.amount); });
    }
  }
  Tell("most", most);
  Tell("calls", calls);
  TellBalances(bank, accounts);
}

// glimpse BALANCE FROM TO AMOUNT FIRST SECOND: during the transfer another thread looks at FIRST, and then at SECOND.
inline void Glimpse(Words words) {
  Bank bank(3, words.Number(), [](const Bank::Transfer&) {});
  const auto transfer = NextTransfer(words);
  const std::size_t first = words.Account();
  const std::size_t second = words.Account();
  {
    std::jthread moves([&] { bank.transfer(transfer.from, transfer.to, transfer.amount); });
    const auto before = bank.balance(first);
    const auto after = bank.balance(second);
    Tell("glimpse", std::to_string(before) + " " + std::to_string(after));
  }
  TellBalances(bank, 3);
}

// scarce BALANCE AMOUNT THREADS: account 0 has enough for some of the transfers only.
inline void Scarce(Words words) {
  Bank bank(3, words.Number());
  const Bank::Money amount = words.Number();
  const int count = words.Int();
  {
    Threads threads;
    for (int i = 0; i < count; ++i) {
      const std::size_t to = i % 2 == 0 ? 1 : 2;
      threads.emplace_back([&bank, to, amount] { Tell("ending", EndingOf(bank, {0, to, amount})); });
    }
  }
  TellBalances(bank, 3);
}

// refusing BALANCE AMOUNT: of two transfers that cross, one is refused by the journal.
inline void Refusing(Words words) {
  Bank bank(2, words.Number(), [](const Bank::Transfer& transfer) {
    if (transfer.from == 1) throw Refusal{3};
  });
  const Bank::Money amount = words.Number();
  {
    Threads threads;
    threads.emplace_back([&] { Tell("ending_of_first", EndingOf(bank, {0, 1, amount})); });
    threads.emplace_back([&] { Tell("ending_of_second", EndingOf(bank, {1, 0, amount})); });
    Tell("seen", bank.total());
  }
  TellBalances(bank, 2);
}

// asleep MILLISECONDS: four threads wait for accounts whose transfer takes long, one for the total.
inline void Asleep(Words words) {
  const std::chrono::milliseconds takes(words.Int());
  std::latch inside(1);
  Bank bank(3, 100, [&](const Bank::Transfer& transfer) {
    if (transfer.amount != 50) return;
    inside.count_down();
    ComputeFor(takes);
  });
  {
    Threads threads;
    threads.emplace_back([&] { bank.transfer(0, 1, 50); });
    inside.wait();
    threads.emplace_back([&] { bank.transfer(0, 1, 1); });
    threads.emplace_back([&] { bank.transfer(1, 0, 2); });
    threads.emplace_back([&] { bank.transfer(2, 0, 3); });
    threads.emplace_back([&] { bank.transfer(1, 2, 4); });
    threads.emplace_back([&] { Tell("seen", bank.total()); });
  }
  TellBalances(bank, 3);
}

}  // namespace driver
