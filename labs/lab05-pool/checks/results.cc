// What comes back from tasks, and who does them.
#include <fmt/format.h>

#include <algorithm>

#include "facts.h"

namespace grader::checks::lab05 {
namespace {

std::string Text(std::int64_t number) { return std::to_string(number); }

constexpr const char* kReturns = "every task returns what its function returns for its arguments";

LAB_CHECK_F(PoolCheck, Pool, ReturnsResults, .points = 4,
            .hint = "Task::call gives the result as bytes, which may hold zeros or be none at all; Wait returns them.",
            .title = "get() returns the result of the call, as often as called") {
  const int workers = Between(1, 5);
  const int salt = Between(1000, 9999);
  const auto text = random().Name();
  Values args{"results", Text(workers), Text(salt), text};
  Values longs;
  for (int i = 0; i < 20; ++i) {
    const int number = Between(-100'000, 100'000);
    args.push_back(Text(number));
    longs.push_back(Text(31L * number + salt));
  }
  auto wanted = longs;
  std::ranges::reverse(wanted);
  wanted.insert(wanted.end(), longs.begin(), longs.end());
  const auto run =
      Run(Doing("hands in calls with numbers, texts, a struct, and one that returns nothing; then get() of "
                "each, last first, and again",
                args));
  ASSERT_THAT(run, ExitsCleanly());
  const auto shifted = Digest(Shifted(text + std::string(3, '\0') + text, 1));
  ASSERT_THAT(run, Tells({"long", "result", kReturns}, wanted));
  ASSERT_THAT(run, Tells({"shifted", "text", kReturns}, {shifted, shifted}));
  ASSERT_THAT(run, Tells({"empty", "text", kReturns}, {Digest("")}));
  ASSERT_THAT(run, Tells({"point", "struct", kReturns}, {fmt::format("{} {:.6f}", -salt, -0.5)}));
  ASSERT_THAT(run, Tells({"void", "result", kReturns}, {"void"}));
  EXPECT_THAT(run, Tells({"noted", "number of calls", "a function that returns nothing is called once"}, {"1"}));
}

RunMatcher CallsInAWorker() {
  return Judge("the function runs in a worker process", [](const Observation& run) -> std::optional<Problem> {
    const auto told = ValuesOf(run, "pid");
    const auto is_worker = [&](const ProcessRecord& process) {
      return process.parent == 0 && !told.empty() && std::to_string(process.pid) == told[0];
    };
    if (std::ranges::any_of(run.processes, is_worker)) return std::nullopt;
    return Problem{"it ran in a process that is no child of the program", {}, {}};
  });
}

LAB_CHECK_F(PoolCheck, Pool, CallsInWorkerProcesses, .points = 1,
            .hint = "fork a worker, which calls task.call and sends the result back.", .needs = {"Pool.ReturnsResults"},
            .title = "a task runs in a worker process") {
  const auto run = Run(Doing("pool::Pool pool(2);  auto pid = pool.apply_async(getpid);  pid.get();",
                             {"results", "2", "5", random().Name(), "1"}));
  ASSERT_THAT(run, ExitsCleanly());
  EXPECT_THAT(run, CallsInAWorker());
}

LAB_CHECK_F(PoolCheck, Pool, MakesExactlyItsWorkers, .points = 4,
            .hint = "Fork all workers in the constructor, and let each do task after task.",
            .needs = {"Pool.ReturnsResults"}, .title = "a pool of n makes exactly n processes for 10,000 tasks") {
  const int workers = Between(2, 7);
  const auto run = Run(Doing(fmt::format("pool::Pool pool({});  10,000 × apply_async;  get() of each", workers),
                             {"exactly", Text(workers), "10000"}));
  ASSERT_THAT(run, ExitsCleanly());
  ASSERT_THAT(run,
              Tells({"children", "number of children", "the workers are forked by the constructor"}, {Text(workers)}));
  ASSERT_THAT(run, HasProcesses(workers + 1));
  ASSERT_THAT(run, ReapsEveryChild());
  EXPECT_THAT(
      run, Tells({"wrong", "number of wrong tasks", "each of 10,000 tasks is done once, with its own result"}, {"0"}));
}

RunMatcher HasAWorkerPerCpu() {
  return Judge("there are as many workers as the process has CPUs",
               [](const Observation& run) -> std::optional<Problem> {
                 const auto cpus = ValuesOf(run, "cpus");
                 const auto children = ValuesOf(run, "children");
                 if (!cpus.empty() && cpus == children) return std::nullopt;
                 return Problem{fmt::format("it has {} CPUs, and the pool has {} workers",
                                            cpus.empty() ? "no" : cpus[0], children.empty() ? "no" : children[0]),
                                {},
                                {}};
               });
}

LAB_CHECK_F(PoolCheck, Pool, HasAWorkerPerCpu, .points = 2,
            .hint = "The machine may have more CPUs than this process may use: sched_getaffinity(2), nproc(1).",
            .needs = {"Pool.ReturnsResults"}, .title = "Pool() has as many workers as this process has CPUs") {
  const auto all = Run(Doing("pool::Pool pool;", {"cpus", "0"}));
  ASSERT_THAT(all, ExitsCleanly());
  ASSERT_THAT(all, lab05::HasAWorkerPerCpu());
  const auto one = Run(Doing("pool::Pool pool;  in a process that may use one CPU (taskset -c 0)", {"cpus", "1"}));
  ASSERT_THAT(one, ExitsCleanly());
  EXPECT_THAT(one, lab05::HasAWorkerPerCpu());
}

LAB_CHECK_F(PoolCheck, Pool, CarriesAMegabyteEachWay, .points = 4,
            .hint =
                "A pipe holds 64 KiB. If both ends write before they read, both wait for ever; and write(2) may take "
                "less than it was given.",
            .needs = {"Pool.ReturnsResults"}, .title = "arguments and results of 1 MiB arrive whole") {
  const int letter = Between('A', 'Z');
  constexpr int kTasks = 8;
  const std::string text(1 << 20, static_cast<char>(letter));
  Values digests;
  for (int i = 0; i < kTasks; ++i) digests.push_back(Digest(Shifted(text, i % 5)));
  const auto options = Doing("pool::Pool pool(3);  8 tasks that get 1 MiB and return 1 MiB;  get() of each",
                             {"large", "3", Text(kTasks), Text(letter)});
  ForEachRun({}, options, [&](const Observation& run) {
    ASSERT_THAT(run, ExitsCleanly());
    EXPECT_THAT(run, Tells({"digest", "result", "every text arrives whole, and comes back"}, digests));
  });
}

LAB_CHECK_F(PoolCheck, Pool, JoinTakesResults, .points = 2,
            .hint = "A worker cannot end before its result is off its hands. Who takes it while join() waits?",
            .needs = {"Pool.ReturnsResults"}, .title = "join() waits for nobody who waits for join()") {
  const int letter = Between('a', 'z');
  constexpr int kTasks = 8;
  Values digests;
  for (int i = 0; i < kTasks; ++i) digests.push_back(Digest(std::string((1 << 20) - i, static_cast<char>(letter))));
  const auto run = Run(Doing("8 tasks that return 1 MiB;  pool.close();  pool.join();  then get() of each",
                             {"untaken", "3", Text(kTasks), Text(letter)}));
  ASSERT_THAT(run, ExitsCleanly());
  EXPECT_THAT(run, Tells({"digest", "result", "results that nobody has taken are there after join()"}, digests));
}

LAB_CHECK_F(PoolCheck, Pool, TellsWhatATaskThrew, .points = 3,
            .hint = "catch std::exception in the worker and send its what(); catch (...) for all else.",
            .needs = {"Pool.ReturnsResults"}, .title = "TaskFailed tells what the function threw") {
  const auto text = random().Name(static_cast<std::size_t>(Between(20'000, 90'000)));
  const int number = Between(10, 9999);
  const auto run =
      Run(Doing("tasks that throw std::runtime_error(text), a class derived from std::exception, and an int",
                {"throws", text, Text(number)}));
  const auto expected = "get() throws TaskFailed, whose what() is that of the exception";
  ASSERT_THAT(run, ExitsCleanly());
  ASSERT_THAT(run, Tells({"text", "what()", expected}, {Digest(text), Digest(text)}));
  ASSERT_THAT(run, Tells({"odd", "what()", expected}, {Digest("oddity " + Text(number))}));
  const auto unknown = Digest("unknown exception");
  ASSERT_THAT(run, Tells({"unknown", "what()", "of what is no std::exception, what() is \"unknown exception\""},
                         {unknown, unknown}));
  ASSERT_THAT(run, Tells({"fine", "result", "the next task is done as ever"}, {Text(number)}));
  EXPECT_THAT(run, HasProcesses(3));
}

LAB_QUIZ();

}  // namespace
}  // namespace grader::checks::lab05
