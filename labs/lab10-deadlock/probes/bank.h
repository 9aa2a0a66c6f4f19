// Scenes of one thread with a bank.
#pragma once

#include <thread>

#include "deadlock.hpp"
#include "words.h"

namespace driver {

inline std::string Told(const Bank::Transfer& transfer) {
  return std::to_string(transfer.from) + " " + std::to_string(transfer.to) + " " + std::to_string(transfer.amount);
}

inline std::string EndingOf(Bank& bank, const Bank::Transfer& transfer) {
  return Ending([&] { return bank.transfer(transfer.from, transfer.to, transfer.amount) ? "true" : "false"; });
}

inline void TellBalances(const Bank& bank, std::size_t accounts) {
  std::string told;
  for (std::size_t i = 0; i < accounts; ++i) told += (i == 0 ? "" : " ") + std::to_string(bank.balance(i));
  Tell("balances", told);
  Tell("total", bank.total());
}

inline Bank::Transfer NextTransfer(Words& words) {
  const std::size_t from = words.Account();
  const std::size_t to = words.Account();
  return {from, to, words.Number()};
}

// ledger JOURNAL ACCOUNTS BALANCE (FROM TO AMOUNT)…: one transfer after the other. JOURNAL is none, empty, tells, or
// the number of its call that throws.
inline void Ledger(Words words) {
  const std::string kind = words.Text();
  int calls = 0;
  Bank::Journal journal = [&](const Bank::Transfer& transfer) {
    Tell("journal", Told(transfer));
    if (std::to_string(++calls) == kind) throw Refusal{calls};
  };
  if (kind == "empty") journal = nullptr;
  const std::size_t accounts = words.Account();
  const Bank::Money balance = words.Number();
  Bank bank = kind == "none" ? Bank(accounts, balance) : Bank(accounts, balance, journal);
  TellBalances(bank, accounts);
  while (words.More()) {
    const auto transfer = NextTransfer(words);
    Tell("transfer", Told(transfer));
    Tell("ending", EndingOf(bank, transfer));
    TellBalances(bank, accounts);
  }
}

// strangers ACCOUNTS NUMBER…: balances of accounts that are not there.
inline void Strangers(Words words) {
  const Bank bank(words.Account(), 5);
  while (words.More()) {
    Tell("ending", Ending([&] { return std::to_string(bank.balance(words.Account())); }));
  }
}

// afterwards ACCOUNTS (FROM TO AMOUNT)…: of each transfer the journal throws; another thread then uses all accounts.
inline void Afterwards(Words words) {
  const std::size_t accounts = words.Account();
  bool throws = true;
  Bank bank(accounts, 100, [&](const Bank::Transfer&) {
    if (throws) throw Refusal{7};
  });
  while (words.More()) Tell("ending", EndingOf(bank, NextTransfer(words)));
  throws = false;
  std::thread another([&] {
    for (std::size_t i = 0; i + 1 < accounts; ++i) Tell("later", EndingOf(bank, {i, i + 1, 1}));
  });
  another.join();
  TellBalances(bank, accounts);
}

}  // namespace driver
