// Philosophers.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "facts.h"

namespace grader::checks::lab10 {
namespace {

RunMatcher AllHaveEaten(int seats, int rounds) {
  const Values meals(static_cast<std::size_t>(seats), Text(rounds));
  return Tells({"meals", "the number of meals of each", "each philosopher eats so often as was asked for"},
               {fmt::format("{}", fmt::join(meals, " "))});
}

RunMatcher NeighboursTakeTurns() {
  return Tells({"neighbours", "the number of meals at which a neighbour was eating, too", "who eats holds both forks"},
               {"0"});
}

std::string Dinner(int seats, int rounds) { return fmt::format("philosophers({}, {}, eat);", seats, rounds); }

LAB_CHECK_F(
    DeadlockCheck, Table, EverybodyEats, .points = 8,
    .hint =
        "If each has its left fork, all wait for ever. Let one be different, or let not all come to the table "
        "at once, or take both forks or none.",
    .title = "philosophers eat as often as asked, one of two neighbours at a time, and never starve in a circle") {
  for (const auto& [seats, rounds] : {std::pair{2, 2}, std::pair{3, 1}, std::pair{3, 2}, std::pair{5, 1}}) {
    InEveryOrder(Dinner(seats, rounds), {"dinner", Text(seats), Text(rounds)}, [&](const Observation& run) {
      ASSERT_THAT(run, AllHaveEaten(seats, rounds));
      EXPECT_THAT(run, NeighboursTakeTurns());
    });
    if (HasFailure()) return;
  }
}

LAB_CHECK_F(DeadlockCheck, Table, SeatsMany, .points = 1, .hint = "There are n threads and n forks, whatever n is.",
            .needs = {"Table.EverybodyEats"}, .title = "large tables, and many rounds") {
  for (const auto& [seats, rounds] : {std::pair{40, 20}, std::pair{3, 500}}) {
    const auto run = Run(Doing(Dinner(seats, rounds), {"dinner", Text(seats), Text(rounds)}));
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, AllHaveEaten(seats, rounds));
    ASSERT_THAT(run, NeighboursTakeTurns());
  }
}

LAB_CHECK_F(DeadlockCheck, Table, EachIsAThread, .points = 2,
            .hint = "One std::thread (or jthread) for each; join all before you return.",
            .needs = {"Table.EverybodyEats"},
            .title = "each philosopher is a thread, which has ended when philosophers() returns") {
  const int seats = Between(3, 7);
  const auto run = Run(Doing(Dinner(seats, 3) + "  each thread takes 20 ms to end", {"guests", Text(seats), "3"}));
  ASSERT_THAT(run, ExitsCleanly());
  ASSERT_THAT(run, Tells({"threads", "the number of threads that ate", "each philosopher is a thread of its own"},
                         {Text(seats)}));
  ASSERT_THAT(run,
              Tells({"guests", "the number of pairs of philosopher and thread", "a philosopher eats in one thread"},
                    {Text(seats)}));
  EXPECT_THAT(run, Tells({"ended", "the number of threads that had ended",
                          "all threads have ended when philosophers() returns"},
                         {Text(seats)}));
}

LAB_CHECK_F(DeadlockCheck, Table, RefusesNonsense, .points = 1,
            .hint = "Throw std::invalid_argument if n < 2 or rounds < 0.",
            .title = "fewer than two seats, or a negative number of rounds: an exception") {
  const auto run = Run(Doing("philosophers(1, 1, eat), (0, 0), (-4, 2), (3, -1), (1, -1), (2, 0), (5, 0)",
                             {"seats", "1", "1", "0", "0", "-4", "2", "3", "-1", "1", "-1", "2", "0", "5", "0"}));
  ASSERT_THAT(run, ExitsCleanly());
  ASSERT_THAT(run, Tells({"ending", "what philosophers() did",
                          "philosophers() throws std::invalid_argument if n < 2 or rounds < 0"},
                         {"invalid_argument", "invalid_argument", "invalid_argument", "invalid_argument",
                          "invalid_argument", "returned", "returned"}));
  EXPECT_THAT(run, Tells({"meals", "the number of meals", "nobody eats then"}, {"0"}));
}

LAB_CHECK_F(
    DeadlockCheck, Table, OthersEatMeanwhile, .points = 5,
    .hint =
        "A lock that is held while somebody eats keeps the whole table waiting: hold the two forks, and nothing else.",
    .needs = {"Table.EverybodyEats"}, .title = "philosophers who are no neighbours can eat at the same time") {
  // That two meet is never demanded of one dinner: they may wait for each other through a neighbour.
  ExploreUntil({.args = {"dinner", "6", "1"}, .scenario = Dinner(6, 1)},
               "in some order of their steps three of six eat at once",
               [](const ScheduledRun& run) { return ValuesOf(run, "most") == Values{"3"}; });
  if (HasFailure()) return;
  const int one = Between(0, 4);
  const int other = (one + Between(2, 3)) % 5;
  ExploreUntil({.args = {"pair", "5", "1", Text(one), Text(other)}, .scenario = Dinner(5, 1)},
               fmt::format("in some order of their steps numbers {} and {} of five eat at once", one, other),
               [](const ScheduledRun& run) { return ValuesOf(run, "together") == Values{"1"}; });
}

LAB_CHECK_F(DeadlockCheck, Table, WaitsAsleep, .points = 1,
            .hint = "Wait in lock(), acquire() or wait(), not in a loop of try_lock().",
            .needs = {"Table.EverybodyEats"}, .title = "who waits for a fork sleeps") {
  auto options = Doing("philosophers(3, 2, eat);  the first meal takes 250 ms of computing", {"long_meal", "3", "250"});
  options.level = TraceLevel::kBlocking;
  const auto run = Run(std::move(options));
  ASSERT_THAT(run, ExitsCleanly());
  ASSERT_THAT(run, WaitsWithoutComputing());
  EXPECT_THAT(run, WaitsWithoutPolling());
}

}  // namespace
}  // namespace grader::checks::lab10
