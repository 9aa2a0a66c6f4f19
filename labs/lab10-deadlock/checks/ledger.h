// What a bank must do with transfers that come one after the other.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "facts.h"

namespace grader::checks::lab10 {

using Money = std::int64_t;

struct Transfer {
  std::string from;  // as written: accounts that do not exist are larger than any number here
  std::string to;
  Money amount = 0;

  std::string Told() const;
};

Values Words(const std::vector<Transfer>& transfers);

// The bank as the contract has it.
class Ledger {
 public:
  Ledger(std::size_t accounts, Money balance) : balances_(accounts, balance) {}

  // How the transfer ends: true, false, or what it throws: where two things are wrong, either.
  Values Endings(const Transfer& transfer) const;

  // Makes it, if it can be made. Whether money was moved.
  bool Make(const Transfer& transfer);

  std::string Balances() const;
  std::string Total() const;
  Money Of(std::size_t account) const { return balances_[account]; }

 private:
  bool Has(const std::string& account) const;

  std::vector<Money> balances_;
};

// The journal of the scene "ledger", as its first argument names it.
struct JournalKind {
  std::string name;  // none, empty, tells, or the number of its call that throws, counted from 1

  bool is_called() const { return name != "none" && name != "empty"; }
  int refused() const { return is_called() && name != "tells" ? std::stoi(name) : 0; }
};

// All that the scene "ledger" tells, step by step, of transfers made in their order.
RunMatcher KeepsTheLedger(Ledger ledger, std::vector<Transfer> transfers, JournalKind journal);

}  // namespace grader::checks::lab10
