// Who does what when.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <sstream>
#include <utility>
#include <vector>

#include "facts.h"

namespace grader::checks::lab05 {
namespace {

std::string Text(std::int64_t number) { return std::to_string(number); }

Values Numbers(int first, int count) {
  Values numbers;
  for (int i = first; i < first + count; ++i) numbers.push_back(Text(i));
  return numbers;
}

std::string Joined(const Values& words) { return fmt::format("{}", fmt::join(words, " ")); }

// Of tasks that several workers begin at one moment, nobody can tell which is first: so only one worker is free.
LAB_CHECK_F(PoolCheck, Pool, BeginsTasksInOrder, .points = 3,
            .hint = "Keep the tasks that wait in one queue; an idle worker gets its front.",
            .needs = {"Pool.ReturnsResults"}, .title = "tasks begin in the order in which they were handed in") {
  const int tasks = Between(30, 60);
  for (const int workers : {1, 3}) {
    const auto run = Run(Doing(fmt::format("pool::Pool pool({});  all workers but one are held up by their tasks;  "
                                           "{} more tasks;  close();  join();",
                                           workers, tasks),
                               {"in_order", Text(workers), Text(tasks)}));
    ASSERT_THAT(run, ExitsCleanly());
    EXPECT_THAT(run,
                Tells({"order", "order of the beginnings", "tasks begin in the order in which they were handed in"},
                      {Joined(Numbers(workers - 1, tasks - workers + 2))}));
  }
}

LAB_CHECK_F(PoolCheck, Pool, LeavesNoWorkerIdle, .points = 4,
            .hint =
                "Give the next task to whichever worker is idle first. While the caller waits for one result, take "
                "every result that comes, and hand out the next task at once.",
            .needs = {"Pool.ReturnsResults"}, .title = "no worker is idle while a task waits") {
  const auto three = [](const char* wait) {
    return fmt::format("pool::Pool pool(3);  a long task, and others that go on only two at a time;  {}", wait);
  };
  const std::vector<std::pair<const char*, std::string>> waits = {
      {"idle_in_get", three("get() of the long one")},
      {"idle_in_long_get", three("get(24h) of the long one")},
      {"idle_in_join", three("close();  join();")},
      {"idle_in_ready", three("while (!long_one.ready()) …")},
  };
  for (const auto& [name, scenario] : waits) {
    const auto run = Run(Doing(scenario, {name}));
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run,
                Tells({"result", "result", "all three workers are at work as long as tasks wait"}, Numbers(0, 14)));
  }
}

LAB_CHECK_F(PoolCheck, Pool, HandingInNeverWaits, .points = 4,
            .hint =
                "Tasks that no worker can take yet wait in the memory of the parent, not in a pipe, which is full "
                "some time.",
            .needs = {"Pool.ReturnsResults"}, .title = "apply_async() does not wait for a worker") {
  const auto hand_in = [&](int tasks, int size) {
    const auto run =
        Run(Doing(fmt::format("all workers are held up by their tasks;  {} × apply_async with {} bytes;  then "
                              "the workers may go on",
                              tasks, size),
                  {"hands_in", "2", Text(tasks), Text(size)}));
    ASSERT_THAT(run, ExitsCleanly());
    EXPECT_THAT(run, Tells({"bytes", "number of bytes that arrived", "all tasks can be handed in, and are done"},
                           {Text(static_cast<std::int64_t>(tasks) * size)}));
  };
  ASSERT_NO_FATAL_FAILURE(hand_in(Between(40, 50), 1'000'000));
  ASSERT_NO_FATAL_FAILURE(hand_in(Between(5'000, 7'000), Between(20, 40)));
  // An idle worker takes its task when it comes to it, and not before.
  const int tasks = Between(3, 6);
  constexpr int kSize = 1'000'000;
  const auto run =
      Run(Doing(fmt::format("both workers are idle, and stopped by SIGSTOP;  {} × apply_async with {} bytes;  then "
                            "SIGCONT",
                            tasks, kSize),
                {"hands_in_to_stopped", "2", Text(tasks), Text(kSize)}));
  ASSERT_THAT(run, ExitsCleanly());
  EXPECT_THAT(run, Tells({"bytes", "number of bytes that arrived", "all tasks can be handed in, and are done"},
                         {Text(static_cast<std::int64_t>(tasks) * kSize)}));
}

// The driver's line "tried 30000000 30125000 Timeout": what was asked for, how long it took, how it ended.
struct Try {
  std::int64_t timeout = 0;
  std::int64_t took = 0;
  std::string ending;
};

std::vector<Try> TriesOf(const Observation& run) {
  std::vector<Try> tries;
  for (const auto& told : ValuesOf(run, "tried")) {
    std::istringstream words(told);
    Try once;
    if (words >> once.timeout >> once.took >> once.ending) tries.push_back(once);
  }
  return tries;
}

RunMatcher ThrowsTimeoutWhenItHasPassed(std::size_t tries) {
  return Judge("get(timeout) throws Timeout, and only when the timeout has passed",
               [tries](const Observation& run) -> std::optional<Problem> {
                 const auto made = TriesOf(run);
                 for (const auto& [timeout, took, ending] : made) {
                   if (ending != "Timeout") {
                     return Problem{fmt::format("of a task that went on, get({} ns) gave {}", timeout, ending), {}, {}};
                   }
                   if (took < timeout)
                     return Problem{fmt::format("get({} ns) threw after {} ns", timeout, took), {}, {}};
                 }
                 if (made.size() == tries) return std::nullopt;
                 return Problem{fmt::format("of {} calls only {} came back", tries, made.size()), {}, {}};
               });
}

LAB_CHECK_F(PoolCheck, Pool, TimesOutNotTooEarly, .points = 3,
            .hint =
                "Compute the moment at which to give up once, by a clock that nobody sets; wake up early, sleep again. "
                "poll(2) counts in milliseconds: round up.",
            .needs = {"Pool.ReturnsResults"},
            .title = "get(timeout) throws Timeout when that has passed; the task goes on") {
  const Values timeouts{Text(Between(10'000'000, 40'000'000)), Text(Between(1'000'001, 1'999'999)),
                        Text(Between(100, 900'000)),           "0",
                        Text(-Between(1, 1'000'000'000)),      "-86400000000000"};
  Values args{"timeouts"};
  args.insert(args.end(), timeouts.begin(), timeouts.end());
  const auto options = Doing(
      "a task that goes on and on;  get(40 ms), get(1.5 ms), get(0), get(-1 s), …;  then it may end, "
      "and get(24h), get(0) and get(-5 ns)",
      args);
  ForEachRun({}, options, [&](const Observation& run) {
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, ThrowsTimeoutWhenItHasPassed(timeouts.size()));
    ASSERT_THAT(run, Tells({"result", "result", "once the task is done, get() with any timeout returns its result"},
                           {"0", "0", "0"}));
    ASSERT_THAT(run,
                Tells({"ready", "answer of ready() (1 for true)", "ready() is true when the task is done, not before"},
                      {"0", "0", "1"}));
    EXPECT_THAT(run, Tells({"begins", "number of calls", "the task is called once"}, {"1"}));
  });
}

LAB_CHECK_F(PoolCheck, Pool, LooksWithoutWaiting, .points = 2,
            .hint = "ready() and get(0) take what has come, and hand out what waits. Both return at once.",
            .needs = {"Pool.ReturnsResults"}, .title = "ready() and get(0) see a task that is done") {
  const int task = Between(5, 500);
  const auto run =
      Run(Doing("while (!first.ready()) …;  first.get(0ns);  then second.get(-1ns) until it does not throw Timeout",
                {"looks", Text(task)}));
  ASSERT_THAT(run, ExitsCleanly());
  ASSERT_THAT(run,
              Tells({"ready", "answer of ready() (1 for true)", "ready() becomes true when the task is done"}, {"1"}));
  ASSERT_THAT(run, Tells({"came", "answer (1 for yes)", "get() that only looks sees the result some time"}, {"1"}));
  EXPECT_THAT(run,
              Tells({"result", "result", "a result that is there is returned at once"}, {Text(task), Text(task + 1)}));
}

LAB_CHECK_F(PoolCheck, Pool, WaitsAsleep, .points = 4,
            .hint = "Block in poll, read or waitpid until something happens; do not look again and again.",
            .needs = {"Pool.ReturnsResults"}, .title = "waiting costs no processor time") {
  auto options = Doing(
      "get() of a task that sleeps for 250 ms;  get(125 ms) of another, and get();  join() with a third", {"asleep"});
  options.level = TraceLevel::kBlocking;
  const auto run = Run(std::move(options));
  ASSERT_THAT(run, ExitsCleanly());
  ASSERT_THAT(run, Tells({"result", "result", "get() sleeps until the task is done"}, {"250", "250"}));
  ASSERT_THAT(run, BurnsNoCpuWhileWaiting());
  EXPECT_THAT(run, WaitsWithoutPolling());
}

RunMatcher TimesOutAmongSignals() {
  return Judge("signals make a wait no longer", [](const Observation& run) -> std::optional<Problem> {
    const auto left = ValuesOf(run, "signals_left");
    if (!left.empty() && left[0] != "0") return std::nullopt;
    return Problem{"get(20 ms) and get(7 ms) ended only when no more signals came, after thousands", {}, {}};
  });
}

LAB_CHECK_F(PoolCheck, Pool, SignalsDisturbNothing, .points = 4,
            .hint =
                "Calls that a signal interrupts return -1 with EINTR, or less than was asked for. What is left of the "
                "timeout then?",
            .needs = {"Pool.CarriesAMegabyteEachWay"}, .title = "signal handlers disturb no call") {
  const int letter = Between('A', 'Z');
  constexpr int kTasks = 8;
  const std::string text(700'000, static_cast<char>(letter));
  Values digests;
  for (int i = 0; i < kTasks; ++i) digests.push_back(Digest(Shifted(text, i % 5)));
  const auto options = Doing(
      "a timer sends SIGALRM every millisecond, which has a handler;  8 tasks with 700,000 bytes each "
      "way, get(20 ms), close(), join(), terminate()",
      {"signals", "2500", Text(kTasks), Text(letter)});
  ForEachRun({}, options, [&](const Observation& run) {
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, ThrowsTimeoutWhenItHasPassed(2));
    ASSERT_THAT(run, TimesOutAmongSignals());
    ASSERT_THAT(run, Tells({"digest", "result", "every text arrives whole, and comes back"}, digests));
    ASSERT_THAT(run, Tells({"held", "result", "every task returns its result"}, {"0"}));
    EXPECT_THAT(run,
                Tells({"no_children", "answer (1 for yes)", "join() and terminate() reap every worker"}, {"1", "1"}));
  });
}

}  // namespace
}  // namespace grader::checks::lab05
