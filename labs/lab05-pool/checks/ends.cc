// What a pool refuses, and how it ends.
#include <fmt/format.h>

#include <algorithm>
#include <csignal>

#include "facts.h"

namespace grader::checks::lab05 {
namespace {

std::string Text(std::int64_t number) { return std::to_string(number); }

LAB_CHECK_F(PoolCheck, Pool, RefusesWorkersBelowOne, .points = 1, .hint = "Look at the number before you fork.",
            .title = "a pool without workers is refused") {
  for (const int workers : {0, -Between(1, 1000)}) {
    const auto run = Run(Doing(fmt::format("pool::Pool pool({});", workers), {"refused", Text(workers)}));
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run,
                Tells({"pool", "end of the constructor", "it throws std::invalid_argument"}, {"invalid_argument"}));
    ASSERT_THAT(run, HasProcesses(1));
  }
}

LAB_CHECK_F(PoolCheck, Pool, ClosedTakesNoTask, .points = 2,
            .hint = "close() only says that no more come: what was handed in is still done.",
            .needs = {"Pool.ReturnsResults"}, .title = "after close() and terminate(), apply_async() throws Closed") {
  const int number = Between(10, 1000);
  Values results;
  for (int i = 0; i < 6; ++i) results.push_back(Text(number + i));
  const auto run =
      Run(Doing("6 tasks;  pool.close();  apply_async;  get() of the 6;  join();  apply_async;  "
                "other.terminate();  other.apply_async",
                {"closed", Text(number)}));
  ASSERT_THAT(run, ExitsCleanly());
  for (const char* key : {"after_close", "after_join", "after_terminate"}) {
    ASSERT_THAT(run, Tells({key, "end of apply_async()", "a pool that was closed takes no task"}, {"Closed"}));
  }
  EXPECT_THAT(run, Tells({"result", "result", "what was handed in before close() is done"}, results));
}

LAB_CHECK_F(PoolCheck, Pool, JoinNeedsClose, .points = 1, .hint = "Nobody could say when all is done.",
            .needs = {"Pool.ReturnsResults"}, .title = "join() of a pool that is not closed throws std::logic_error") {
  const int number = Between(10, 1000);
  const auto run = Run(Doing("join();  more tasks;  close();  join();  and of another pool terminate();  join();",
                             {"join_too_early", Text(number)}));
  ASSERT_THAT(run, ExitsCleanly());
  ASSERT_THAT(run, Tells({"join", "end of join()", "it throws std::logic_error"}, {"logic_error"}));
  ASSERT_THAT(run, Tells({"before", "result", "the pool goes on"}, {Text(number)}));
  ASSERT_THAT(run, Tells({"after", "result", "the pool goes on"}, {Text(number + 1)}));
  ASSERT_THAT(run, Tells({"join_closed", "end of join()", "after close() it returns"}, {"joined"}));
  EXPECT_THAT(run, Tells({"join_terminated", "end of join()", "after terminate() it returns"}, {"joined"}));
}

LAB_CHECK_F(PoolCheck, Pool, JoinAwaitsAll, .points = 4,
            .hint = "Wait until every task is done; then let the workers end, and wait for each of them.",
            .needs = {"Pool.ReturnsResults"}, .title = "join() returns when all is done and every worker is reaped") {
  const int number = Between(10, 1000);
  const int tasks = Between(40, 60);
  Values results;
  for (int i = 0; i < tasks; ++i) results.push_back(Text(number + i));
  const auto options = Doing(fmt::format("{} tasks;  close();  join();  the pool is destroyed;  get() of each", tasks),
                             {"join", Text(number), Text(tasks)});
  ForEachRun({}, options, [&](const Observation& run) {
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run,
                Tells({"done", "number of finished tasks", "join() returns when every task is done"}, {Text(tasks)}));
    ASSERT_THAT(run, Tells({"no_children", "answer (1 for yes)", "behind join() the program has no child"}, {"1"}));
    ASSERT_THAT(run, Tells({"ready", "answer of ready() (1 for true)", "behind join() every result is there"},
                           Values(results.size(), "1")));
    EXPECT_THAT(run, Tells({"result", "result", "results outlive their pool"}, results));
  });
}

RunMatcher KillsItsWorkers() {
  return Judge("the workers are killed by SIGKILL", [](const Observation& run) -> std::optional<Problem> {
    const auto killed = [](const ProcessRecord& process) {
      return process.parent == 0 && process.status == observe::ExitStatus{true, SIGKILL};
    };
    const auto count = std::ranges::count_if(run.processes, killed);
    if (count == 2) return std::nullopt;
    return Problem{fmt::format("of 2 workers, {} died by SIGKILL", count), {}, {}};
  });
}

class EndCheck : public PoolCheck {
 protected:
  // Of two workers with endless tasks, which ignore SIGTERM.
  void ExpectTheEnd(const std::string& name, const std::string& scenario) {
    const int number = Between(10, 1000);
    const auto run =
        Run(Doing("2 workers; a task that is done, two that never end and ignore SIGTERM, three that wait;  " +
                      scenario + ";  get() of each",
                  {name, Text(number)}));
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, Tells({"no_children", "answer (1 for yes)", "behind it the program has no child"}, {"1"}));
    ASSERT_THAT(run, KillsItsWorkers());
    ASSERT_THAT(run, Tells({"ready", "answer of ready() (1 for true)", "behind it the fate of every task is known"},
                           Values(6, "1")));
    Values fates(6, "WorkerLost");
    fates[0] = Text(number);
    EXPECT_THAT(run, Tells({"result", "end of get()",
                            "tasks that are not done throw WorkerLost; the done one returns its result"},
                           fates));
  }
};

LAB_CHECK_F(
    EndCheck, Pool, TerminateKills, .points = 3,
    .hint = "kill, then waitpid; a signal that can be ignored will not do. What becomes of those who wait for results?",
    .needs = {"Pool.ReturnsResults"}, .title = "terminate() kills and reaps the workers") {
  ExpectTheEnd("terminate", "terminate()");
}

LAB_CHECK_F(EndCheck, Pool, DestructorTerminates, .points = 1, .hint = "~Pool() is terminate().",
            .needs = {"Pool.TerminateKills"}, .title = "the destructor terminates") {
  ExpectTheEnd("destructor", "the pool is destroyed");
}

RunMatcher LeavesNothingWhenItFails(Values endings) {
  return Judge("the constructor throws std::system_error, and leaves neither process nor descriptor behind",
               [endings = std::move(endings)](const Observation& run) -> std::optional<Problem> {
                 const auto pools = ValuesOf(run, "pool");
                 if (pools.empty() || std::ranges::count(endings, pools[0]) == 0) {
                   return Problem{"it ended otherwise: " + (pools.empty() ? "in nothing" : pools[0]), {}, {}};
                 }
                 const auto alone = ValuesOf(run, "no_children");
                 if (alone.empty() || alone[0] != "1")
                   return Problem{"a worker was left, alive or as a zombie", {}, {}};
                 const auto descriptors = ValuesOf(run, "descriptors");
                 if (descriptors.empty() || descriptors[0] != "0") {
                   return Problem{"descriptors stayed open: " + (descriptors.empty() ? "?" : descriptors[0]), {}, {}};
                 }
                 if (pools.size() == 2 && pools[1] == "works") return std::nullopt;
                 return Problem{"afterwards, when there was enough again, a new pool did not work", {}, {}};
               });
}

LAB_CHECK_F(PoolCheck, Pool, FailsWithoutTraces, .points = 3,
            .hint = "The third of five forks may fail. What of the two before it, and of the descriptors?",
            .needs = {"Pool.ReturnsResults"}, .title = "a constructor that fails leaves nothing behind") {
  // Elsewhere the processes of others count for the limit, and come and go.
  const auto tier = spawner().tier().tier;
  if (!Gives(tier, sandbox::Need::kOwnProcesses)) return Skip(WhyNot(tier, sandbox::Need::kOwnProcesses));
  const int workers = Between(5, 8);
  const int possible = Between(0, 3);
  const auto processes = Run(Doing(fmt::format("pool::Pool pool({});  where the system gives {}", workers,
                                               Count(static_cast<std::uint64_t>(possible), "process", "processes")),
                                   {"few_processes", Text(workers), Text(possible)}));
  ASSERT_THAT(processes, ExitsCleanly());
  ASSERT_THAT(processes, LeavesNothingWhenItFails({"system_error"}));
  // A pool may do with few descriptors.
  const auto descriptors =
      Run(Doing(fmt::format("pool::Pool pool({});  where the system gives few descriptors", workers),
                {"few_descriptors", Text(workers), Text(Between(2, 9))}));
  ASSERT_THAT(descriptors, ExitsCleanly());
  EXPECT_THAT(descriptors, LeavesNothingWhenItFails({"system_error", "works"}));
}

}  // namespace
}  // namespace grader::checks::lab05
