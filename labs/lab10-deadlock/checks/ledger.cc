#include "ledger.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>

namespace grader::checks::lab10 {
namespace {

// What the driver told of one transfer.
struct Entry {
  std::string transfer;
  Values journal;
  std::string ending;
  std::string balances;
  std::string total;
};

std::vector<Entry> EntriesOf(const Observation& run) {
  std::vector<Entry> entries(1);  // first the state at the beginning
  for (const auto& line : Lines(run)) {
    const auto value = line.substr(std::min(line.size(), line.find(' ') + 1));
    if (line.starts_with("transfer ")) entries.push_back({.transfer = value});
    auto& entry = entries.back();
    if (line.starts_with("journal ")) entry.journal.push_back(value);
    if (line.starts_with("ending ")) entry.ending = value;
    if (line.starts_with("balances ")) entry.balances = value;
    if (line.starts_with("total ")) entry.total = value;
  }
  return entries;
}

std::string Ended(const std::string& ending) {
  if (ending.empty()) return "did not end";
  return ending == "true" || ending == "false" ? "returned " + ending : "threw " + ending;
}

std::optional<std::string> WrongState(const Entry& entry, const Ledger& ledger) {
  if (entry.balances != ledger.Balances()) {
    return fmt::format("the balances were {} instead of {}", entry.balances, ledger.Balances());
  }
  if (entry.total != ledger.Total()) return fmt::format("total() was {} instead of {}", entry.total, ledger.Total());
  return std::nullopt;
}

// A transfer of nothing, or to oneself, moves no money: whether the journal is told is left open.
bool MovesMoney(const Transfer& transfer) { return transfer.amount != 0 && transfer.from != transfer.to; }

struct Journal {
  JournalKind kind;
  int calls = 0;
};

std::optional<std::string> Judged(const Entry& entry, const Transfer& transfer, Ledger& ledger, Journal& journal) {
  auto endings = ledger.Endings(transfer);
  const bool can = endings.front() == "true";
  const auto told = entry.journal.size();
  if (!can && told > 0) return "the journal was called, though no money could be moved";
  if (can && (told > 1 || (told == 0 && journal.kind.is_called() && MovesMoney(transfer)))) {
    return fmt::format("the journal was called {} instead of once", Count(told, "time", "times"));
  }
  if (told == 1 && entry.journal.front() != transfer.Told()) {
    return fmt::format("the journal was told \"{}\" instead of \"{}\" (from, to, amount)", entry.journal.front(),
                       transfer.Told());
  }
  journal.calls += static_cast<int>(told);
  const bool refused = told == 1 && journal.calls == journal.kind.refused();
  if (refused) endings = {fmt::format("Refusal {}", journal.calls)};
  if (std::ranges::count(endings, entry.ending) == 0) {
    return fmt::format("transfer() {}; right is: {}", Ended(entry.ending), Ended(endings.front()));
  }
  if (!refused) ledger.Make(transfer);
  return WrongState(entry, ledger);
}

}  // namespace

std::string Transfer::Told() const { return fmt::format("{} {} {}", from, to, amount); }

Values Words(const std::vector<Transfer>& transfers) {
  Values words;
  for (const auto& transfer : transfers) {
    words.insert(words.end(), {transfer.from, transfer.to, Text(transfer.amount)});
  }
  return words;
}

bool Ledger::Has(const std::string& account) const {
  return account.size() < 10 && std::stoul(account) < balances_.size();
}

Values Ledger::Endings(const Transfer& transfer) const {
  Values endings;
  if (!Has(transfer.from) || !Has(transfer.to)) endings.emplace_back("out_of_range");
  if (transfer.amount < 0) endings.emplace_back("invalid_argument");
  if (!endings.empty()) return endings;
  return {balances_[std::stoul(transfer.from)] < transfer.amount ? "false" : "true"};
}

bool Ledger::Make(const Transfer& transfer) {
  if (Endings(transfer).front() != "true") return false;
  balances_[std::stoul(transfer.from)] -= transfer.amount;
  balances_[std::stoul(transfer.to)] += transfer.amount;
  return true;
}

std::string Ledger::Balances() const { return fmt::format("{}", fmt::join(balances_, " ")); }

std::string Ledger::Total() const { return Text(std::accumulate(balances_.begin(), balances_.end(), Money{0})); }

RunMatcher KeepsTheLedger(Ledger ledger, std::vector<Transfer> transfers, JournalKind kind) {
  return Judge("after each transfer its result, the journal, all balances and the total are right",
               [=](const Observation& run) mutable -> std::optional<Problem> {
                 const auto entries = EntriesOf(run);
                 if (const auto wrong = WrongState(entries[0], ledger)) return Problem{"at first " + *wrong, {}, {}};
                 if (entries.size() != transfers.size() + 1)
                   return Problem{"the driver did not come to its end", {}, {}};
                 Journal journal{.kind = kind};
                 for (std::size_t i = 0; i < transfers.size(); ++i) {
                   const auto& [from, to, amount] = transfers[i];
                   const auto before = ledger.Balances();
                   const auto wrong = Judged(entries[i + 1], transfers[i], ledger, journal);
                   if (!wrong) continue;
                   return Problem{fmt::format("of transfer({}, {}, {}) {}", from, to, amount, *wrong),
                                  {"before it the balances were " + before},
                                  {}};
                 }
                 return std::nullopt;
               });
}

}  // namespace grader::checks::lab10
