// The life of one thread: its start, its work, its end.
#include <fmt/format.h>

#include "grader/checks/thread_lab_check.h"

namespace grader::checks::lab08 {
namespace {

const std::string kEnd = "the last object is destroyed: work 0, others 0";

LAB_CHECK_F(
    ThreadLabCheck, Life, BeginsWithStart, .points = 5,
    .hint =
        "start() creates the thread and says itself that it is alive: the new thread may not get the processor for "
        "a long time.",
    .title = "start() lets the target run in a new thread, and is_alive() from then to its end") {
  ExpectLines(
      TimeOfSleepers({{"life-of-one"},
                      "Thread t([&] { ...; gate.wait(); });\nt.is_alive();\nt.start();\nt.is_alive();\n"
                      "/* the gate opens */\nt.join();\nt.is_alive();"}),
      {"before start(): is_alive() false, calls 0", "after start(): is_alive() true", "later: is_alive() true, calls 1",
       "after join(): is_alive() false, calls 1, in another thread true", kEnd});
}

LAB_CHECK_F(ThreadLabCheck, Life, RefusesAnEmptyTarget, .points = 1,
            .hint = "An empty std::function is false in an if.",
            .title = "an empty target throws std::invalid_argument") {
  ExpectLines(AnyTime({{"empty-targets"}, "Thread t(std::function<void()>{});\nThread u(nullptr, {.name = \"x\"});"}),
              {"std::function<void()>{}: std::invalid_argument", "nullptr, with a name: std::invalid_argument", kEnd});
}

LAB_CHECK_F(
    ThreadLabCheck, Life, BeginsOnce, .points = 3,
    .hint = "Looking whether it was started and saying that it is must be one step, under a mutex or of an atomic.",
    .title = "a second start() throws std::logic_error, also when two threads call it at once") {
  ExpectLines(AnyTime({{"start-twice"}, "t.start();\nt.start();  // throws\nt.join();\nt.start();  // throws"}),
              {"while it runs: std::logic_error", "after join(): std::logic_error", "calls 1", kEnd});
  if (HasFailure()) return;
  ExpectLines(AnyTime({{"start-at-once"}, "// two threads: t.start();\nt.join();"}),
              {"std::logic_error was thrown by 1 of 2, calls 1", kEnd});
}

LAB_CHECK_F(
    ThreadLabCheck, Life, NeedsASystemThatGivesThreads, .points = 2,
    .hint =
        "std::thread throws std::system_error by itself, pthread_create returns a number. Whatever you have noted "
        "of the thread before is to be taken back.",
    .title = "start() throws std::system_error if the system gives no thread, and nobody waits for it") {
  const auto run = Run({.args = {"no-thread"},
                        .program = "native",
                        .scenario = "setrlimit(RLIMIT_NPROC, /* none */);\nThread t(work);\nt.start();  // throws"});
  ASSERT_THAT(run, ExitsCleanly());
  EXPECT_THAT(run, PrintsLines({"start(): std::system_error", "is_alive() false, threads 1"}));
}

LAB_CHECK_F(
    ThreadLabCheck, Life, IsASubclassRun, .points = 4,
    .hint =
        "Without a target the new thread calls run() of the object, once. When join() has returned, the object may "
        "be gone: then the thread must not touch it any more.",
    .needs = {"Life.BeginsWithStart"},
    .title = "a subclass's run() is the work, unless there is a target; after join() the object may go") {
  const int left = Between(1, 999), right = Between(1, 999);
  ExpectLines(AnyTime({{"subclass", std::to_string(left), std::to_string(right)},
                       fmt::format("class Adder : public Thread {{ void run() override {{ sum_ = {} + {}; }} }};\n"
                                   "adder->start(); adder->join(); delete adder;\n/* and the like */",
                                   left, right)},
                      800),
              {fmt::format("the sum is {}", left + right), "with a target, and a run() of its own: 1",
               "with neither, after join(): is_alive() false", kEnd});
}

LAB_CHECK_F(
    ThreadLabCheck, Life, GoesOnWithoutTheObject, .points = 6,
    .hint =
        "Whatever the thread needs must live as long as the thread: put it into a std::shared_ptr that object and "
        "thread both have. The object's destructor has nothing to wait for, and a std::thread in it must be "
        "detached.",
    .needs = {"Life.BeginsWithStart"},
    .title = "the destructor never waits, and the target goes on without the object") {
  const int number = Between(1, 9999);
  ExpectLines(
      AnyTime({{"destroyed", std::to_string(number)},
               fmt::format("auto* t = new Thread([&] {{ gate.wait(); number = {}; }});\nt->start();\ndelete t;\n"
                           "/* the gate opens */\n// another one: delete own;  in its target",
                           number)},
              800),
      {"the destructor returned", fmt::format("the target wrote {}", number), "a thread deleted its own object", kEnd});
  if (HasFailure()) return;
  ExpectLines(
      TimeOfSleepers({{"captures"},
                      "auto token = std::make_shared<int>();\n{ Thread t([token] { ... }); t.start(); t.join(); }\n"
                      "token.use_count();"},
                     300),
      {"it is held by 1", kEnd});
}

RunMatcher Reports(const std::vector<std::string>& starts) {
  return Judge("standard error has, each once and as a line: " + fmt::format("{}", fmt::join(starts, "; ")),
               [starts](const observe::Observation& run) -> std::optional<Problem> {
                 const auto lines = SplitLines(run.err.text());
                 bool equal = lines.size() == starts.size();
                 for (std::size_t i = 0; equal && i < lines.size(); ++i) equal = lines[i].starts_with(starts[i]);
                 if (equal) return std::nullopt;
                 return Problem{lines.empty() ? "nothing was printed there" : "something else was printed there",
                                Bounded(lines),
                                {}};
               });
}

LAB_CHECK_F(ThreadLabCheck, Life, EndsWithAnException, .points = 4,
            .hint =
                "An exception that leaves a thread's function ends the program. Catch it in the new thread: "
                "std::exception, and everything else too.",
            .needs = {"Life.BeginsWithStart"},
            .title = "an exception that leaves the target is reported on standard error, and ends this thread only") {
  const auto name = random().Name();
  const auto what = random().Name() + " 100%d " + random().Name();
  Explore(AnyTime({{"exceptions", name, what},
                   fmt::format("Thread t([] {{ throw std::runtime_error(\"{}\"); }}, {{.name = \"{}\"}});\n"
                               "Thread u([&] {{ u.set_name(\"{}2\"); throw 42; }});\n/* start and join both */",
                               what, name, name)},
                  300),
          [&](const ScheduledRun& run) {
            ASSERT_THAT(run, ExitsCleanly());
            ASSERT_THAT(run,
                        PrintsLines({"after the first: is_alive() false", "after the second: is_alive() false", kEnd}));
            ASSERT_THAT(run, Reports({fmt::format("Exception in thread {}: {}", name, what),
                                      fmt::format("Exception in thread {}2", name)}));
          });
}

LAB_QUIZ();

}  // namespace
}  // namespace grader::checks::lab08
