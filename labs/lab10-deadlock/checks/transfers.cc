// What a bank does for one thread.
#include <fmt/format.h>

#include "ledger.h"

namespace grader::checks::lab10 {
namespace {

class LedgerCheck : public DeadlockCheck {
 protected:
  // Plays "ledger" with these transfers; journal is as the driver wants it.
  void Play(const std::string& scenario, const std::string& journal, const Ledger& ledger,
            const std::vector<Transfer>& transfers, const Values& head) {
    Values args{"ledger", journal};
    args.insert(args.end(), head.begin(), head.end());
    const auto words = Words(transfers);
    args.insert(args.end(), words.begin(), words.end());
    const auto run = Run(Doing(scenario, args));
    ASSERT_THAT(run, ExitsCleanly());
    EXPECT_THAT(run, KeepsTheLedger(ledger, transfers, {journal}));
  }

  std::vector<Transfer> SomeTransfers(int accounts, int count, int most) {
    std::vector<Transfer> transfers;
    for (int i = 0; i < count; ++i) {
      const int from = Between(0, accounts - 1);
      const int to = (from + Between(1, accounts - 1)) % accounts;
      transfers.push_back({Text(from), Text(to), Between(0, most)});
    }
    return transfers;
  }
};

LAB_CHECK_F(
    LedgerCheck, Bank, MovesMoney, .points = 3,
    .hint = "Take amount from one account, add it to the other, and return true; or false if there is too little.",
    .title = "transfer() moves the amount, or nothing and says false") {
  const int accounts = Between(4, 9);
  const int balance = Between(50, 500);
  auto transfers = SomeTransfers(accounts, 12, balance);
  // The last cent can be moved, one more cannot.
  transfers.insert(transfers.begin(),
                   {{"0", "1", balance + 1}, {"0", "1", balance}, {"0", "1", 1}, {"1", "0", 2 * balance}});
  transfers.push_back({"2", "3", 5'000'000'000});
  Play("Bank bank(n, balance, journal);  transfers, one after the other", "tells",
       {static_cast<std::size_t>(accounts), balance}, transfers, {Text(accounts), Text(balance)});
}

LAB_CHECK_F(LedgerCheck, Bank, StartsWithItsBalance, .points = 1,
            .hint = "Set the balance of every account, also if it is large.",
            .title = "every account starts with the balance") {
  const Money large = 4'000'000'000'000 + Between(1, 1'000'000);
  Play("Bank bank(3, a large balance);", "none", {3, large}, {{"2", "1", large - 7}}, {"3", Text(large)});
  Play("Bank bank(1, 0);", "tells", {1, 0}, {{"0", "0", 0}}, {"1", "0"});
  Play("Bank bank(0, 5);  bank.total();", "none", {0, 5}, {{"0", "0", 1}}, {"0", "5"});
}

LAB_CHECK_F(LedgerCheck, Bank, WorksWithoutJournal, .points = 1,
            .hint = "Calling an empty std::function throws std::bad_function_call.", .needs = {"Bank.MovesMoney"},
            .title = "an empty journal is not called") {
  for (const auto* journal : {"none", "empty"}) {
    Play(std::string(journal) == "none" ? "Bank bank(4, 100);" : "Bank bank(4, 100, nullptr);", journal, {4, 100},
         SomeTransfers(4, 4, 100), {"4", "100"});
  }
}

LAB_CHECK_F(LedgerCheck, Bank, MovesToItself, .points = 2,
            .hint = "From an account to itself there are not two locks to take, but one.", .needs = {"Bank.MovesMoney"},
            .title = "from and to may be the same account") {
  const int balance = Between(50, 500);
  Play("bank.transfer(1, 1, …);", "tells", {3, balance},
       {{"1", "1", balance}, {"1", "1", balance + 1}, {"1", "1", 1}, {"1", "2", balance}, {"1", "1", 1}},
       {"3", Text(balance)});
}

LAB_CHECK_F(LedgerCheck, Bank, RefusesNonsense, .points = 2,
            .hint = "Check both numbers and the amount before anything else: at() throws std::out_of_range.",
            .needs = {"Bank.MovesMoney"}, .title = "no such account, or a negative amount: exceptions") {
  const int accounts = Between(2, 6);
  const auto last = Text(accounts - 1);
  const auto beyond = Text(accounts);
  const std::string far = "18446744073709551615";
  Play("transfers of accounts that do not exist, and of negative amounts", "tells",
       {static_cast<std::size_t>(accounts), 100},
       {{"0", beyond, 1},
        {beyond, "0", 1},
        {far, last, 1},
        {last, far, 1},
        {beyond, beyond, 0},
        {"0", beyond, 1'000},
        {beyond, "0", 0},
        {"0", last, -1},
        {last, "0", -Between(2, 90)},
        {last, last, -5},
        {"0", "1", INT64_MIN},
        {"0", last, 100}},
       {Text(accounts), "100"});
  const auto run =
      Run(Doing("bank.balance() of accounts that do not exist", {"strangers", Text(accounts), last, beyond, far}));
  ASSERT_THAT(run, ExitsCleanly());
  EXPECT_THAT(run,
              Tells({"ending", "what balance() does", "balance() throws std::out_of_range if there is no such account"},
                    {"5", "out_of_range", "out_of_range"}));
}

LAB_CHECK_F(LedgerCheck, Bank, MovesNothingIfTheJournalThrows, .points = 3,
            .hint = "Move the money when the journal has returned; or put it back.", .needs = {"Bank.MovesMoney"},
            .title = "what the journal throws goes to the caller, and nothing is moved") {
  for (int call = 1; call <= 3; ++call) {
    Play("the journal throws once", Text(call), {5, 100},
         {{"3", "1", 20}, {"1", "3", 50}, {"2", "4", 100}, {"0", "3", 7}}, {"5", "100"});
    if (HasFailure()) return;
  }
}

LAB_CHECK_F(DeadlockCheck, Bank, HoldsNothingAfterAnException, .points = 2,
            .hint = "Let destructors unlock: std::lock_guard, std::unique_lock, std::scoped_lock.",
            .needs = {"Bank.MovesMoney"}, .title = "no account stays held when a transfer throws") {
  const auto run = Run(Doing("the journal throws;  another thread then uses the same accounts",
                             {"afterwards", "4", "0", "1", "5", "3", "2", "5", "1", "3", "-1", "2", "9", "1"}));
  ASSERT_THAT(run, ExitsCleanly());
  ASSERT_THAT(run,
              Tells({"later", "transfer() of the other thread", "later transfers are made"}, {"true", "true", "true"}));
  EXPECT_THAT(run, Tells({"balances", "the balances", "later transfers are made"}, {"99 100 100 101"}));
}

LAB_QUIZ();

}  // namespace
}  // namespace grader::checks::lab10
