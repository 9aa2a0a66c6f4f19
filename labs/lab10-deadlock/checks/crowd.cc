// What a bank does for several threads.
#include <fmt/format.h>

#include "ledger.h"

namespace grader::checks::lab10 {
namespace {

class CrowdCheck : public DeadlockCheck {
 protected:
  static Values With(Values head, const std::vector<Transfer>& transfers) {
    const auto words = Words(transfers);
    head.insert(head.end(), words.begin(), words.end());
    return head;
  }

  // Plays "crossing"; however the threads take turns, the sums are the same.
  void Cross(const std::string& scenario, Ledger ledger, const std::vector<Transfer>& transfers, int rounds,
             int totals) {
    Ledger end = ledger;
    std::size_t accounts = 1;
    for (const auto& transfer : transfers) {
      for (int i = 0; i < rounds; ++i) end.Make(transfer);
      accounts = std::max({accounts, std::stoul(transfer.from) + 1, std::stoul(transfer.to) + 1});
    }
    const auto args =
        With({"crossing", Text(static_cast<std::int64_t>(accounts)), Text(ledger.Of(0)), Text(rounds), Text(totals)},
             transfers);
    InEveryOrder(scenario, args, [&](const Observation& run) {
      ASSERT_THAT(run, Tells({"seen", "total()", "total() is the sum of all accounts at one moment"},
                             Values(static_cast<std::size_t>(totals), ledger.Total())));
      EXPECT_THAT(run, Tells({"balances", "the balances at the end", "every transfer is made once"}, {end.Balances()}));
    });
  }
};

LAB_CHECK_F(CrowdCheck, Bank, NeverDeadlocks, .points = 9,
            .hint =
                "Two threads that take two locks in opposite orders can each have one of them, and wait for the other. "
                "Which order is the same for all?",
            .needs = {"Bank.MovesMoney"}, .title = "transfers that cross never wait for each other in a circle") {
  const int more = Between(5, 40);
  Cross("two threads: 0 → 1 and 1 → 0", {2, 1000}, {{"0", "1", more}, {"1", "0", more + 1}}, 2, 0);
  if (HasFailure()) return;
  Cross("two threads: 0 → 1 and 1 → 0, the same amount", {2, 1000}, {{"0", "1", more}, {"1", "0", more}}, 1, 0);
  if (HasFailure()) return;
  Cross("three threads: 0 → 1, 1 → 2, 2 → 0", {3, 1000}, {{"0", "1", 3}, {"1", "2", more}, {"2", "0", 1}}, 1, 0);
  if (HasFailure()) return;
  Cross("three threads: 2 → 1, 1 → 0, 0 → 2, one of them an account's own", {3, 1000},
        {{"2", "1", more}, {"1", "1", 2}, {"0", "2", 3}, {"1", "0", 1}}, 1, 0);
}

LAB_CHECK_F(CrowdCheck, Bank, TotalIsOfOneMoment, .points = 6,
            .hint = "Adding up one account after the other sees money twice, or not at all, when it moves meanwhile.",
            .needs = {"Bank.NeverDeadlocks"}, .title = "total() is the sum at one moment") {
  const int amount = Between(5, 40);
  Cross("one thread: 0 → 2;  another: total()", {3, 1000}, {{"0", "2", amount}}, 1, 1);
  if (HasFailure()) return;
  Cross("one thread: 2 → 0;  another: total(), twice", {3, 1000}, {{"2", "0", amount}}, 2, 2);
  if (HasFailure()) return;
  Cross("two threads: 1 → 0 and 0 → 1;  a third: total()", {2, 1000}, {{"1", "0", amount}, {"0", "1", 1}}, 1, 1);
  if (HasFailure()) return;
  Cross("two threads: 0 → 2 and 2 → 1;  a third: total()", {3, 1000}, {{"0", "2", amount}, {"2", "1", 1}}, 1, 1);
}

LAB_CHECK_F(CrowdCheck, Bank, LetsOthersPass, .points = 7,
            .hint = "One lock for the whole bank lets nobody pass. A lock for each account does.",
            .needs = {"Bank.MovesMoney"}, .title = "transfers that share no account run at the same time") {
  constexpr std::size_t kAccounts = 8;
  Values numbers;
  for (std::size_t i = 0; i < kAccounts; ++i) numbers.push_back(Text(static_cast<std::int64_t>(i)));
  random().Shuffle(numbers);
  // Everybody twice, with two partners: accounts that share a lock cannot be partners both times.
  for (const std::size_t first : {0, 1}) {
    std::vector<Transfer> transfers;
    Ledger end(kAccounts, 50);
    for (std::size_t i = first; i < first + kAccounts; i += 2) {
      transfers.push_back({numbers[i % kAccounts], numbers[(i + 1) % kAccounts], Between(1, 50)});
      end.Make(transfers.back());
    }
    InEveryOrder("4 transfers that share no account; each journal waits until all 4 are called",
                 With({"apart", "50"}, transfers), [&](const Observation& run) {
                   EXPECT_THAT(run, Tells({"balances", "the balances at the end", "every transfer is made once"},
                                          {end.Balances()}));
                 });
    if (HasFailure()) return;
  }
}

LAB_CHECK_F(
    CrowdCheck, Bank, WaitingHindersNobody, .points = 5,
    .hint =
        "A transfer waits for its own accounts only: not behind others that wait, and not for a lock that "
        "somebody keeps while waiting. Who is woken must be able to use it: if all sleep at one condition, wake "
        "all.",
    .needs = {"Bank.LetsOthersPass"}, .title = "who waits for an account hinders nobody who does not need it") {
  Values who{"0", "1", "2", "3", "4"};
  for (int i = 0; i < 2; ++i) {
    random().Shuffle(who);
    Ledger end(5, 50);
    end.Make({who[0], who[1], 1});
    end.Make({who[2], who[0], 2});
    end.Make({who[3], who[4], 7});
    InEveryOrder(
        "A → B, whose journal takes long;  meanwhile C → A, and two threads D → E, and balance(D);  the journal waits "
        "for the last three",
        {"beside", "50", who[0], who[1], who[2], who[3], who[4]}, [&](const Observation& run) {
          ASSERT_THAT(run, Tells({"beside", "balance(D)", "D → E is made while others wait"}, {"43"}));
          EXPECT_THAT(run,
                      Tells({"balances", "the balances at the end", "every transfer is made once"}, {end.Balances()}));
        });
    if (HasFailure()) return;
  }
}

LAB_CHECK_F(CrowdCheck, Bank, HoldsAccountsForTheJournal, .points = 4,
            .hint = "Call the journal before you let go of the two accounts, and after you have got both.",
            .needs = {"Bank.NeverDeadlocks"},
            .title = "transfers that share an account are never in their journals at once") {
  const std::vector<Transfer> transfers{{"0", "1", 5}, {"1", "2", 3}, {"2", "0", 1}};
  InEveryOrder(
      "three threads: 0 → 1, 1 → 2, 2 → 0, with a journal", With({"held", "3", "100"}, transfers),
      [&](const Observation& run) {
        ASSERT_THAT(run, Tells({"most", "the largest number of journals at once",
                                "both accounts are held while the journal is called"},
                               {"1"}));
        ASSERT_THAT(
            run, Tells({"calls", "the number of calls of the journal", "the journal is called once for each"}, {"3"}));
        EXPECT_THAT(run, Tells({"balances", "the balances at the end", "every transfer is made once"}, {"96 102 102"}));
      });
}

RunMatcher SeesItInOneAccount(std::string first_old, std::string first_new, std::string second_old,
                              std::string second_new) {
  return Judge(
      "no thread sees the money in neither or in both accounts", [=](const Observation& run) -> std::optional<Problem> {
        const auto seen = ValuesOf(run, "glimpse");
        if (seen.size() != 1) return Problem{"the driver did not come to its end", {}, {}};
        for (const auto& sight :
             {first_old + " " + second_old, first_new + " " + second_new, first_old + " " + second_new}) {
          if (seen[0] == sight) return std::nullopt;
        }
        return Problem{
            fmt::format(
                "one account was seen with its new balance ({}), and after that the other one with its old one ({})",
                first_new, second_old),
            {"seen: " + seen[0]},
            {}};
      });
}

LAB_CHECK_F(CrowdCheck, Bank, MovesAllOrNothing, .points = 4,
            .hint = "Who lets go of the first account before the second is changed shows the money in neither.",
            .needs = {"Bank.MovesMoney"}, .title = "no thread sees the money in neither or in both accounts") {
  for (const bool to_first : {false, true}) {
    const int amount = Between(1, 50);
    const int from = Between(0, 2);
    const int to = (from + Between(1, 2)) % 3;
    const int first = to_first ? to : from;
    const int change = to_first ? amount : -amount;
    InEveryOrder(to_first ? "one thread: from → to;  another: balance(to), then balance(from)"
                          : "one thread: from → to;  another: balance(from), then balance(to)",
                 {"glimpse", "50", Text(from), Text(to), Text(amount), Text(first), Text(from + to - first)},
                 [&](const Observation& run) {
                   EXPECT_THAT(run, SeesItInOneAccount("50", Text(50 + change), "50", Text(50 - change)));
                 });
    if (HasFailure()) return;
  }
}

LAB_CHECK_F(CrowdCheck, Bank, SpendsNothingTwice, .points = 3,
            .hint = "Between the look at the balance and the change of it nobody else may come.",
            .needs = {"Bank.MovesMoney"}, .title = "what two want and only one can have goes to one") {
  const int amount = Between(30, 60);
  InEveryOrder("three threads want the same amount of account 0, which has enough for two",
               {"scarce", Text(2 * amount + Between(0, 20)), Text(amount), "3"}, [&](const Observation& run) {
                 EXPECT_THAT(run, TellsInAnyOrder({"ending", "transfer()", "two of the three transfers are made"},
                                                  {"false", "true", "true"}));
               });
}

LAB_CHECK_F(CrowdCheck, Bank, RefusedTransfersLeaveNoTrace, .points = 2,
            .hint = "What was moved before the journal threw was seen by others: move nothing before it returns.",
            .needs = {"Bank.HoldsNothingAfterAnException", "Bank.TotalIsOfOneMoment"},
            .title = "a transfer that the journal refuses disturbs no other") {
  const int amount = Between(1, 50);
  InEveryOrder("two threads: 0 → 1, and 1 → 0, for which the journal throws;  a third: total()",
               {"refusing", "50", Text(amount)}, [&](const Observation& run) {
                 ASSERT_THAT(run,
                             Tells({"ending_of_second", "transfer()", "what the journal throws goes to its caller"},
                                   {"Refusal 3"}));
                 ASSERT_THAT(run, Tells({"ending_of_first", "transfer()", "the other transfer is made"}, {"true"}));
                 ASSERT_THAT(run, Tells({"seen", "total()", "total() is the sum at one moment"}, {"100"}));
                 EXPECT_THAT(run, Tells({"balances", "the balances at the end", "one transfer is made, the other not"},
                                        {fmt::format("{} {}", 50 - amount, 50 + amount)}));
               });
}

LAB_CHECK_F(CrowdCheck, Bank, WaitsAsleep, .points = 2,
            .hint = "Wait in lock() or wait(), not in a loop of try_lock().", .needs = {"Bank.NeverDeadlocks"},
            .title = "who waits for an account sleeps") {
  auto options =
      Doing("a journal that computes for 250 ms;  four transfers and total() wait for its accounts", {"asleep", "250"});
  options.level = TraceLevel::kBlocking;
  const auto run = Run(std::move(options));
  ASSERT_THAT(run, ExitsCleanly());
  ASSERT_THAT(run, Tells({"balances", "the balances at the end", "every transfer is made once"}, {"54 145 101"}));
  ASSERT_THAT(run, WaitsWithoutComputing());
  EXPECT_THAT(run, WaitsWithoutPolling());
}

}  // namespace
}  // namespace grader::checks::lab10
