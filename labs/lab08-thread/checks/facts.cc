// What is told about threads: names, daemons, enumerate().
#include <fmt/format.h>

#include "grader/checks/thread_lab_check.h"

namespace grader::checks::lab08 {
namespace {

const std::string kEnd = "the last object is destroyed: work 0, others 0";

LAB_CHECK_F(ThreadLabCheck, Facts, HaveNames, .points = 4,
            .hint = "Count only the threads that are given no name. The counter belongs to all threads: guard it.",
            .title = "a thread has the name that it was given, else Thread-1, Thread-2, ..., and may be renamed") {
  const auto name = random().Name();
  ExpectLines(
      AnyTime(
          {{"names", name},
           fmt::format(
               "Thread a(f), b(f, {{.name = \"{}\"}}), c(f, {{.daemon = true}});\n"
               "/* and two subclasses, one with a name */\nb.set_name(...);  // before, after start(), after join()",
               name)}),
      {"Thread-1", name, "Thread-2", "idle", "Thread-3", "renamed", name + " 2", name + " 3", kEnd});
  if (HasFailure()) return;
  ExpectLines(AnyTime({{"names-at-once"}, "// two threads: Thread(f).name(); twice each"}),
              {"Thread-1", "Thread-2", "Thread-3", "Thread-4", kEnd});
}

LAB_CHECK_F(ThreadLabCheck, Facts, TellDaemons, .points = 2,
            .hint = "Whether it was ever started decides, not whether it runs.",
            .title = "daemon() is as it was set; set_daemon() after start() throws std::logic_error") {
  ExpectLines(AnyTime({{"daemons"},
                       "Thread t(f), u(f, {.daemon = true});\nt.set_daemon(true); t.set_daemon(false);\nt.start();\n"
                       "t.set_daemon(true);  // throws\nt.join();\nt.set_daemon(true);  // throws"}),
              {"at first false, with the option true", "set true", "set back false",
               "set_daemon() while it runs: std::logic_error", "set_daemon() after its end: std::logic_error",
               "at last false", kEnd});
}

LAB_CHECK_F(
    ThreadLabCheck, Facts, MayBeAskedAtAnyTime, .points = 4,
    .hint =
        "Every member that one thread may change while another reads it needs a mutex, or must be atomic: the name "
        "as well, which is why name() returns a copy.",
    .title = "all functions may be called at the same time") {
  ExpectLines(
      AnyTime({{"all-at-once"},
               "t.start(); t.join();\n// others meanwhile: t.set_name(...); t.name(); t.is_alive(); t.daemon();\n"
               "// t.set_daemon(true); t.join(0ns); Thread::enumerate();"}),
      {"its name was one of the two: true", "is_alive() false, name() second", kEnd});
}

LAB_CHECK_F(
    ThreadLabCheck, Facts, ListTheLiving, .points = 6,
    .hint =
        "A list of those that are alive, in order of start: start() appends, the end of the thread removes. Of each "
        "it needs the name and the daemon flag, also when the object has gone.",
    .needs = {"Life.BeginsWithStart"},
    .title = "enumerate() lists the living threads: MainThread first, then in order of start") {
  ExpectLines(
      TimeOfSleepers({{"enumerates"},
                      "Thread a(f), b(f, {.daemon = true}), c(f), d(f), never(f);\n"
                      "c.start(); a.start(); b.start(); d.start();\n/* b ends, d's object is destroyed, a is renamed, "
                      "all end */\n/* Thread::enumerate() after each */"},
                     250),
      {"nobody: MainThread", "four are started: MainThread c a b(daemon) d",
       "b has ended, d's object is gone, a is renamed: MainThread c A d", "in a thread: MainThread looks",
       "all have ended: MainThread", kEnd});
}

LAB_CHECK_F(
    ThreadLabCheck, Facts, AreOfOneMoment, .points = 5,
    .hint =
        "One mutex for the list and for who is alive: then a thread joins the list and is alive in one step, and "
        "leaves it and is dead in one step.",
    .needs = {"Facts.ListTheLiving"}, .title = "enumerate() shows one moment, and agrees with is_alive()") {
  const auto story = [](const std::string& before, const std::string& listed, const std::string& after) {
    return std::vector{fmt::format("is_alive() {}, listed {}, is_alive() {}", before, listed, after), kEnd};
  };
  const std::string yes = "true", no = "false";
  const std::string scenario = "// another thread: t.is_alive(); Thread::enumerate(); t.is_alive();";
  ExpectOneOf(AnyTime({{"one-story", "born"}, "t.start();\n" + scenario}),
              "a thread that is born is alive and listed from one moment on",
              {story(no, no, no), story(no, no, yes), story(no, yes, yes), story(yes, yes, yes)});
  if (HasFailure()) return;
  ExpectOneOf(AnyTime({{"one-story", "dies"}, "/* t ends */\n" + scenario}),
              "a thread that ends is alive and listed up to one moment",
              {story(yes, yes, yes), story(yes, yes, no), story(yes, no, no), story(no, no, no)});
  if (HasFailure()) return;
  const auto seen = [](const std::string& threads) { return std::vector{"seen: MainThread" + threads, kEnd}; };
  ExpectOneOf(
      AnyTime({{"one-moment", "starts"}, "first.start(); second.start();\n// another thread: Thread::enumerate();"}),
      "who sees the second thread sees the first one as well", {seen(""), seen(" first"), seen(" first second")});
  if (HasFailure()) return;
  ExpectOneOf(
      AnyTime(
          {{"one-moment", "ends"},
           "/* first ends */ first.join(); /* second ends */ second.join();\n// another thread: Thread::enumerate();"}),
      "who sees the first thread sees the second one as well", {seen(" first second"), seen(" second"), seen("")});
}

}  // namespace
}  // namespace grader::checks::lab08
