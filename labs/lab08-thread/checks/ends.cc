// The end of the program.
#include <fmt/format.h>

#include "grader/checks/thread_lab_check.h"

namespace grader::checks::lab08 {
namespace {

// How main ends in the driver, and the program's exit status then.
struct Way {
  std::string name;
  std::string code;
  int status;
};

const std::vector<Way>& Ways() {
  static const std::vector<Way> ways{{"return", "return 0;  // from main", 0}, {"exit", "exit(3);  // in main", 3}};
  return ways;
}

std::string Destroyed(int work, int others) {
  return fmt::format("the last object is destroyed: work {}, others {}", work, others);
}

class EndCheck : public ThreadLabCheck {
 protected:
  // The program ends in both ways with these lines, whatever was the order of events.
  void ExpectEnd(const std::string& scene, const std::string& scenario, const std::vector<std::string>& lines) {
    for (const auto& way : Ways()) {
      Explore(AnyTime({{scene, way.name}, scenario + "\n" + way.code}), [&](const ScheduledRun& run) {
        ASSERT_THAT(run, ExitsWith(way.status));
        ASSERT_THAT(run, PrintsLines(lines));
      });
      if (HasFailure()) return;
    }
  }
};

LAB_CHECK_F(
    EndCheck, End, WaitsForThreads, .points = 5,
    .hint =
        "std::atexit: a function registered there runs when main returns and when somebody calls exit(), and may "
        "sleep until the others have ended.",
    .needs = {"Life.BeginsWithStart"}, .title = "at its end the program first waits for the threads that are alive") {
  for (const auto& way : Ways()) {
    Explore(AnyTime({{"end-awaits-one", way.name}, "t->start();  // works for a while\n" + way.code}),
            [&](const ScheduledRun& run) {
              ASSERT_THAT(run, ExitsWith(way.status));
              ASSERT_THAT(run, PrintsLinesInAnyOrder({"main ends", "the thread has done its work", Destroyed(1, 0)}));
              ASSERT_THAT(run,
                          PrintsLinesThat("the last line tells of the end of the program", Contains(Destroyed(1, 0))));
            });
    if (HasFailure()) return;
  }
}

LAB_CHECK_F(
    EndCheck, End, WaitsForThoseStartedMeanwhile, .points = 4,
    .hint = "When one has ended, look again: it may have started others. And the object of a thread may be gone.",
    .needs = {"End.WaitsForThreads"}, .title = "it waits also for threads that are started meanwhile") {
  ExpectEnd("end-awaits-all",
            "t->start();  // starts another one, later, and that a third\n{ Thread u(...); u.start(); }",
            {Destroyed(11, 1)});
}

LAB_CHECK_F(EndCheck, End, DoesNotWaitForDaemons, .points = 4,
            .hint = "A daemon may run for ever. Until the process is gone it goes on: others may need it.",
            .needs = {"End.WaitsForThreads"}, .title = "it does not wait for daemons, which run on meanwhile") {
  ExpectEnd("end-leaves-daemons",
            "d->start();  // a daemon that waits for ever\ne->start();  // a daemon that answers t\n"
            "t->start();  // asks e, later, and waits for the answer",
            {Destroyed(1, 0)});
}

LAB_CHECK_F(
    EndCheck, End, LetsDaemonsEnd, .points = 5,
    .hint =
        "At the end of the program static objects are destroyed. A daemon that ends just then must not find your "
        "list, mutex or condition gone: a static pointer to a new object is never destroyed.",
    .needs = {"End.DoesNotWaitForDaemons"}, .title = "daemons may end while the program does") {
  ExpectEnd("end-meets-daemons", "// two daemons, which are about to end", {Destroyed(0, 0)});
}

LAB_CHECK_F(
    EndCheck, End, IsCalledByAThread, .points = 3,
    .hint = "Who calls exit() is one of the threads that are alive. It waits for the others, and not for itself.",
    .needs = {"End.WaitsForThreads"}, .title = "a thread that calls exit() waits for the others") {
  Explore(AnyTime({{"end-by-thread"}, "t->start();  // works for a while\nu->start();  // calls exit(4)\nu->join();"}),
          [&](const ScheduledRun& run) {
            ASSERT_THAT(run, ExitsWith(4));
            ASSERT_THAT(run, PrintsLines({Destroyed(1, 0)}));
          });
}

LAB_CHECK_F(EndCheck, End, WaitsAsleep, .points = 2,
            .hint = "No loop that looks whether somebody is left: a condition variable.",
            .needs = {"End.WaitsForThreads"}, .title = "the program's end waits asleep") {
  ExpectAsleep({"native",
                {{"at-the-end"}, "t.start();  // waits for input\nreturn 0;  // from main"},
                {"the thread has done its work"}});
  if (HasFailure()) return;
  for (const std::string who : {"ended", "never"}) {
    ExpectLines(AnyTime({{"end-at-once", who}, who == "never" ? "return 0;" : "t.start(); t.join();\nreturn 0;"}, 200),
                {Destroyed(0, 0)});
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace grader::checks::lab08
