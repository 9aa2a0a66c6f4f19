// Output, two pools, and what must not grow.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "facts.h"

namespace grader::checks::lab05 {
namespace {

std::string Text(std::int64_t number) { return std::to_string(number); }

constexpr int kPrinting = 16;  // tasks; number 7 dies and prints nothing

std::optional<Problem> JudgePrints(const Observation& run) {
  std::map<std::string, int> places;
  int place = 0;
  for (const auto& line : Lines(run)) {
    if (!places.emplace(line, ++place).second) return Problem{"\"" + line + "\" was printed twice", {}, {}};
  }
  for (const auto* line : {"first", "second"}) {
    if (!places.contains(line))
      return Problem{fmt::format("\"{}\", printed by the program itself, is missing", line), {}, {}};
  }
  for (int task = 0; task < kPrinting; ++task) {
    const auto ending = task == 6 ? "TaskFailed" : task == 7 ? "WorkerLost" : Text(task);
    const auto got = places.find(fmt::format("got {} {}", task, ending));
    if (got == places.end()) return Problem{fmt::format("get() of task {} did not end as it should", task), {}, {}};
    if (task == 7) continue;
    const auto printed = places.find(fmt::format("task {}", task));
    if (printed == places.end())
      return Problem{fmt::format("\"task {}\", printed by the task, is missing", task), {}, {}};
    if (printed->second > got->second) {
      return Problem{fmt::format("\"task {}\", printed by the task, came behind its result", task), {}, {}};
    }
  }
  return std::nullopt;
}

LAB_CHECK_F(PoolCheck, Pool, PrintsOnceBeforeTheResult, .points = 3,
            .hint =
                "A worker flushes stdio and std::cout before it sends the result. And what is in the buffers when you "
                "fork? Also when you replace a worker?",
            .needs = {"Pool.LosesOnlyTheTaskThatDied"},
            .title = "what a task prints is written once, before its result is ready") {
  const auto prints = Judge("each line is written once, and that of a task before its get() returns", JudgePrints);
  const auto options = Doing(
      "std::printf(\"first\\n\");  pool::Pool pool(2);  tasks that print without flushing, one of which "
      "throws;  std::printf(\"second\\n\");  a task that dies;  more tasks that print",
      {"prints"});
  ForEachRun({}, options, [&](const Observation& run) {
    ASSERT_THAT(run, ExitsCleanly());
    EXPECT_THAT(run, prints);
  });
}

LAB_CHECK_F(
    PoolCheck, Pool, KeepsOutOfOthersWay, .points = 1,
    .hint =
        "waitpid(-1) and wait() reap any child: those of another pool, and the caller's own. Wait for your workers, "
        "by pid.",
    .needs = {"Pool.LosesOnlyTheTaskThatDied"}, .title = "two pools, and other children, do not meet") {
  const int code = Between(1, 100);
  const auto run = Run(
      Doing("a child of one's own;  two pools, in turn;  a worker of the second is killed when idle;  second.join(); "
            " first.join();  waitpid(own child)",
            {"two_pools", Text(code)}));
  ASSERT_THAT(run, ExitsCleanly());
  ASSERT_THAT(run, LosesOnly({}, 16));
  ASSERT_THAT(
      run,
      Tells({"children", "number of workers of the first pool", "the second's join() leaves the first alone"}, {"2"}));
  EXPECT_THAT(run, Tells({"own", "exit code of the program's own child", "it is there for the program to wait for"},
                         {Text(code)}));
}

std::optional<int> Number(const Observation& run, const std::string& key, std::size_t index) {
  const auto values = ValuesOf(run, key);
  if (index >= values.size()) return std::nullopt;
  return std::stoi(values[index]);
}

RunMatcher KeepsDescriptors(std::string key, std::string who, int tolerance) {
  return Judge("as many descriptors are open in " + who + " later as at first",
               [=](const Observation& run) -> std::optional<Problem> {
                 const auto first = Number(run, key, 0);
                 const auto later = Number(run, key, 1);
                 if (!first || !later) return Problem{"they were not told", {}, {}};
                 if (*later <= *first + tolerance) return std::nullopt;
                 return Problem{fmt::format("first there were {}, later {}", *first, *later), {}, {}};
               });
}

LAB_CHECK_F(
    PoolCheck, Pool, LeaksNoDescriptors, .points = 2,
    .hint =
        "After fork both processes have both ends of everything. Which of them does each need? And who closes those "
        "of a dead worker?",
    .needs = {"Pool.LosesOnlyTheTaskThatDied"}, .title = "descriptors do not grow with tasks or deaths") {
  const auto run =
      Run(Doing("10 tasks; 1,000 tasks; 3 dead workers; 40 dead workers; and the descriptors counted each time",
                {"descriptors", "10", "1000", "40"}));
  ASSERT_THAT(run, ExitsCleanly());
  ASSERT_THAT(run, KeepsDescriptors("descriptors", "the program", 0));
  ASSERT_THAT(run, KeepsDescriptors("descriptors_of_worker", "a worker", 4));
  ASSERT_THAT(run, KeepsDescriptors("descriptors_replaced", "the program", 0));
  ASSERT_THAT(run, KeepsDescriptors("descriptors_of_new_worker", "a worker", 6));
  EXPECT_THAT(run, LeavesNothingBehind());
}

LAB_CHECK_F(
    PoolCheck, Pool, KeepsNoOldTasks, .points = 1,
    .hint = "Who still needs the arguments of a task that is done, and a result to which nobody has a handle any more?",
    .needs = {"Pool.CarriesAMegabyteEachWay"}, .title = "memory does not grow with the tasks that are done") {
  constexpr int kTasks = 100;
  auto options =
      Doing("100 times:  pool.apply_async(…, 1 MiB).get();  with 80 MiB of memory for all", {"memory", Text(kTasks)});
  options.limits = limits();
  options.limits->memory = os::MiB(80);
  const auto run = Run(std::move(options));
  ASSERT_THAT(run, ExitsCleanly());
  EXPECT_THAT(run, Tells({"bytes", "number of bytes that came back", "all tasks are done"},
                         {Text(std::int64_t{kTasks} << 20)}));
}

}  // namespace
}  // namespace grader::checks::lab05
