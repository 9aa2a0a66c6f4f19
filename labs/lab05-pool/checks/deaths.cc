// Workers that die, and a program that dies.
#include <fmt/format.h>

#include <algorithm>
#include <csignal>

#include "facts.h"

namespace grader::checks::lab05 {
namespace {

using observe::Intervention;

std::string Text(std::int64_t number) { return std::to_string(number); }

// The driver's numbers of the ways to die, and their names.
const std::vector<std::string>& WaysToDie() {
  static const std::vector<std::string> ways = {"raise(SIGKILL)", "exit(0)", "_exit(3)", "raise(SIGSEGV)", "abort()"};
  return ways;
}

LAB_CHECK_F(PoolCheck, Pool, LosesOnlyTheTaskThatDied, .points = 3,
            .hint = "poll and waitpid tell which worker died, and you know what it was doing. Fork another one.",
            .needs = {"Pool.ReturnsResults"}, .title = "a worker that dies is replaced, and only its task is lost") {
  for (int how = 0; how < static_cast<int>(WaysToDie().size()); ++how) {
    const int tasks = Between(8, 14);
    const int first = Between(0, tasks - 3);
    const std::vector<int> victims{first, first + 1};
    const auto run = Run(Doing(fmt::format("pool::Pool pool(2);  {} tasks, two of which call {};  get() of each", tasks,
                                           WaysToDie()[static_cast<std::size_t>(how)]),
                               {"deaths", Text(how), Text(tasks), Text(victims[0]), Text(victims[1])}));
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, LosesOnly(victims, tasks));
    ASSERT_THAT(run, Tells({"children", "number of workers", "there are as many workers as before"}, {"2"}));
    ASSERT_THAT(run, HasProcesses(1 + 2 + 2));
    ASSERT_THAT(run, ReapsEveryChild());
  }
}

// How a worker fares that is in exit() itself, with its copy of a global pool, is left open.
LAB_CHECK_F(PoolCheck, Pool, ExitHarmsNoOtherWorker, .points = 1,
            .hint =
                "exit() destroys global objects, and the worker has a copy of the pool. Its siblings are not its "
                "workers.",
            .needs = {"Pool.LosesOnlyTheTaskThatDied"},
            .title = "a task that calls exit() harms no other worker, also if the pool is global") {
  const auto run = Run(
      Doing("static pool::Pool pool(2);  a task that goes on;  meanwhile two that call exit(0);  get() of the first",
            {"exits"}));
  ASSERT_THAT(run, ExitsCleanly());
  EXPECT_THAT(run, LosesOnly({}, 1));
}

LAB_CHECK_F(PoolCheck, Pool, JoinSurvivesDeaths, .points = 2,
            .hint = "Also while join() waits, the dead are replaced as long as tasks wait.",
            .needs = {"Pool.LosesOnlyTheTaskThatDied"}, .title = "join() replaces workers that die") {
  const int tasks = Between(8, 14);
  const std::vector<int> victims{0, 1, tasks - 1};
  const auto run =
      Run(Doing(fmt::format("pool::Pool pool(2);  {} tasks, three of which die;  close();  join();", tasks),
                {"deaths_in_join", Text(tasks), "0", "1", Text(tasks - 1)}));
  ASSERT_THAT(run, ExitsCleanly());
  ASSERT_THAT(run, Tells({"no_children", "answer (1 for yes)", "behind join() the program has no child"}, {"1"}));
  EXPECT_THAT(run, LosesOnly(victims, tasks));
}

LAB_CHECK_F(PoolCheck, Pool, ReplacesAtTheNextCall, .points = 3,
            .hint = "Every call, ready() of an old result too, looks after the dead.",
            .needs = {"Pool.LosesOnlyTheTaskThatDied"},
            .title = "an idle worker that dies is reaped and replaced at the next call") {
  const std::vector<std::string> calls{"old_result.ready()", "old_result.get()", "old_result.get(0ns)", "apply_async"};
  for (int call = 0; call < static_cast<int>(calls.size()); ++call) {
    const auto run = Run(Doing("an idle worker of two is killed;  " + calls[static_cast<std::size_t>(call)] + ";",
                               {"replaced", Text(call)}));
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, Tells({"reaped", "answer (1 for yes)", "it has been reaped"}, {"1"}));
    ASSERT_THAT(run, Tells({"children", "number of workers", "there is a new worker in its place"}, {"2"}));
    ASSERT_THAT(run, LosesOnly({}, 4));
  }
}

LAB_CHECK_F(PoolCheck, Pool, KeepsResultsOfTheDead, .points = 2,
            .hint = "Read what a dead worker has sent before you give up its task.",
            .needs = {"Pool.LosesOnlyTheTaskThatDied"}, .title = "a result that was sent is not lost with its worker") {
  const int number = Between(10, 1000);
  const auto run =
      Run(Doing("a worker does its task, and is killed when it is idle again;  get()", {"unread", Text(number)}));
  ASSERT_THAT(run, ExitsCleanly());
  ASSERT_THAT(run, Tells({"result", "end of get()", "the task is done, so get() returns its result"}, {Text(number)}));
  ASSERT_THAT(run, Tells({"begins", "number of calls", "the task is called once"}, {"1"}));
  EXPECT_THAT(run, Tells({"next", "result", "the next task is done as ever"}, {Text(number + 1)}));
}

LAB_CHECK_F(PoolCheck, Pool, IdleWorkersLoseNothing, .points = 2,
            .hint =
                "A worker that has been killed may still look alive for a moment, and take a task with it. How could "
                "the parent know whether it had begun?",
            .needs = {"Pool.ReplacesAtTheNextCall"},
            .title = "no task is lost with a worker that was killed when it was idle") {
  constexpr int kRounds = 2;
  constexpr int kTasks = 3;
  const auto run = Run(Doing(
      "kill(idle_worker, SIGKILL);  three tasks;  close();  join();  twice, with workers whose death takes a while",
      {"dying", Text(kRounds), Text(kTasks), "120"}));
  ASSERT_THAT(run, ExitsCleanly());
  ASSERT_THAT(run, LosesOnly({}, kRounds * kTasks));
  EXPECT_THAT(run, Tells({"order", "order of the beginnings", "tasks begin in the order in which they were handed in"},
                         {"0 1 2 3 4 5"}));
}

// Killed once: at most one task is lost, and none is done twice.
RunMatcher LosesAtMostOne(int tasks) {
  return Judge("one task at most is lost with a worker; every other is done once",
               [tasks](const Observation& run) -> std::optional<Problem> {
                 const auto fates = FatesOf(run);
                 std::vector<std::string> lost;
                 std::vector<std::string> wrong;
                 for (const auto& fate : fates) {
                   if (fate.lost()) lost.push_back(fate.Told());
                   if (!fate.lost() && !fate.done()) wrong.push_back(fate.Told());
                 }
                 if (!wrong.empty()) return Problem{"a task fared otherwise", Bounded(wrong), {}};
                 if (lost.size() > 1) return Problem{fmt::format("{} tasks were lost", lost.size()), Bounded(lost), {}};
                 if (fates.size() == static_cast<std::size_t>(tasks)) return std::nullopt;
                 return Problem{fmt::format("the fate of only {} of {} tasks is known", fates.size(), tasks), {}, {}};
               });
}

bool DiedByKill(const Observation& run) {
  const auto* end = std::get_if<observe::Signaled>(&run.outcome);
  return end != nullptr && end->signal == SIGKILL;
}

RunMatcher LeavesNoWorkerBehind() {
  return JudgeAnyEnd("when the program has been killed, each worker ends, at the latest after the task it is doing",
                     [](const Observation& run) -> std::optional<Problem> {
                       if (!DiedByKill(run) && !std::holds_alternative<observe::Exited>(run.outcome)) {
                         return ProblemOfOutcome(run).value_or(Problem{"it ended otherwise", {}, {}});
                       }
                       std::vector<std::string> strays;
                       for (const auto& process : run.processes) {
                         if (process.killed_by_grader && process.index != 0)
                           strays.push_back(Name(process) + " lived on");
                       }
                       if (strays.empty()) return std::nullopt;
                       const auto count = strays.size();
                       return Problem{Count(count, "worker", "workers") + " lived on without the program",
                                      Bounded(std::move(strays)),
                                      {}};
                     });
}

RunMatcher IsKilledWith(int busy) {
  return JudgeAnyEnd(fmt::format("the program is killed while {} have begun, and no other task begins after that",
                                 Count(static_cast<std::uint64_t>(busy), "task", "tasks")),
                     [busy](const Observation& run) -> std::optional<Problem> {
                       if (!DiedByKill(run))
                         return ProblemOfOutcome(run).value_or(Problem{"it ended by itself", {}, {}});
                       const auto begun = ValuesOf(run, "begun").size();
                       if (begun == static_cast<std::size_t>(busy)) return std::nullopt;
                       return Problem{fmt::format("{} began in all", Count(begun, "task", "tasks")), {}, {}};
                     });
}

LAB_CHECK_F(PoolCheck, Pool, WorkersEndWithTheProgram, .points = 4,
            .hint =
                "End of file comes when nobody has the other end open: did a worker inherit the ends of its older "
                "siblings? PR_SET_PDEATHSIG in prctl(2) is another way.",
            .needs = {"Pool.ReturnsResults"}, .title = "if the program is killed, its workers end") {
  struct Case {
    int workers, busy, queued;
  };
  for (const auto& [workers, busy, queued] : {Case{3, 0, 0}, Case{2, 2, 3}}) {
    auto options = Doing(fmt::format("{} workers, {} of which are at work, {} tasks wait;  kill(getpid(), SIGKILL);",
                                     workers, busy, queued),
                         {"orphans", Text(workers), Text(busy), Text(queued)});
    options.linger = 1500ms;
    const auto run = Run(std::move(options));
    ASSERT_THAT(run, IsKilledWith(busy));
    ASSERT_THAT(run, LeavesNoWorkerBehind());
  }
  auto options = Doing(
      "3 workers, the youngest of which is at work;  kill(getpid(), SIGKILL);  its task goes on until the "
      "idle workers have ended",
      {"last_orphan", "3"});
  options.linger = 1500ms;
  const auto run = Run(std::move(options));
  ASSERT_THAT(run, IsKilledWith(1));
  EXPECT_THAT(run, LeavesNoWorkerBehind());
}

LAB_CHECK_F(PoolCheck, Pool, SurvivesADeathAtAnyMoment, .points = 3,
            .hint = "A worker may die with half a result sent, or half a task received.",
            .needs = {"Pool.ReturnsResults"}, .title = "a worker may be killed between any two of its calls") {
  const int tasks = Between(4, 6);
  const auto options =
      Doing(fmt::format("pool::Pool pool(1);  {} tasks;  the worker is killed at some moment between the end "
                        "of one task and the beginning of the next",
                        tasks),
            {"moments", Text(tasks)});
  AtEachMoment({.mark = "victim", .most = 12}, options, [&](const Observation& run) {
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, LosesAtMostOne(tasks));
    ASSERT_THAT(run, Tells({"children", "number of workers", "there is one worker, as before"}, {"1"}));
    ASSERT_THAT(run, Tells({"no_children", "answer (1 for yes)", "behind join() the program has no child"}, {"1"}));
    ASSERT_THAT(run, ReapsEveryChild());
  });
}

LAB_CHECK_F(
    PoolCheck, Pool, MissesNothing, .points = 2,
    .hint =
        "What comes between your look and your sleep must end the sleep: poll and semaphores remember it; a flag "
        "that a signal handler sets wakes nobody from pause(2).",
    .needs = {"Pool.ReturnsResults"}, .title = "what comes just before the caller sleeps is not missed") {
  constexpr int kSchedules = 24;
  for (const bool dies : {false, true}) {
    const auto options =
        Doing(fmt::format("auto result = pool.apply_async({});  result.get();  and who goes on when is chosen",
                          dies ? "Die" : "Number"),
              {"late", dies ? "1" : "0"});
    ForEachSchedule(kSchedules, options, [&](const Observation& run) {
      ASSERT_THAT(run, ExitsCleanly());
      ASSERT_THAT(run, dies ? LosesOnly({0}, 2) : LosesOnly({}, 2));
    });
    if (HasFailure()) return;
  }
}

LAB_CHECK_F(PoolCheck, Pool, WorkersEndAtAnyMoment, .points = 2,
            .hint = "The program may die between fork and the worker's first call.", .needs = {"Pool.ReturnsResults"},
            .title = "the program may be killed between any two of its calls") {
  auto options = Doing(
      "{ pool::Pool pool(2);  4 tasks;  get() of each;  close();  join(); }  and the program is killed at some "
      "moment of this",
      {"moments_of_parent"});
  options.linger = 1500ms;
  AtEachMoment({.mark = "victim", .most = 12}, options,
               [&](const Observation& run) { ASSERT_THAT(run, LeavesNoWorkerBehind()); });
}

}  // namespace
}  // namespace grader::checks::lab05
