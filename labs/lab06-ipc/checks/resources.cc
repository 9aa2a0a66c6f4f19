// What the objects take from the system, and that they give it back.
#include <fmt/format.h>

#include "ipc_check.h"

namespace grader::checks::lab06 {
namespace {

LAB_CHECK_F(IpcCheck, Ipc, DescriptorsCloseOnExec, .points = 2,
            .hint = "O_CLOEXEC, SOCK_CLOEXEC, EFD_CLOEXEC, MFD_CLOEXEC: there is a flag wherever a descriptor is made.",
            .title = "descriptors are close-on-exec") {
  const auto run = Run(Scenario({"executes"}, "Pipe(); Pipe(false); Queue queue(2);   // a child: execl(...)"));
  ExpectAll(run, {});
  if (HasFailure()) return;
  const auto matcher = Judge(
      "a program that is executed finds no descriptor of pipes and queues open",
      [](const Observation& seen) -> std::optional<Problem> {
        const auto before = Told(seen, "before");
        const auto after = Told(seen, "after");
        if (before.empty() || after.empty()) return Problem{"it never came to that", {}, {}};
        if (after.size() <= before.size()) return std::nullopt;
        Problem problem{
            fmt::format("{} were open", Count(after.size() - before.size(), "descriptor", "descriptors")), {}, {}};
        for (const auto& descriptor : after) {
          if (descriptor != "end") problem.facts.push_back(descriptor);
        }
        return problem;
      });
  EXPECT_THAT(run, matcher);
}

RunMatcher DoesNotGrow(const std::string& what, int slack) {
  return Judge(fmt::format("after 1,000 rounds as many {} are open as after 10", what),
               [what, slack](const Observation& run) -> std::optional<Problem> {
                 const auto told = Told(run, what);
                 if (told.size() != 2) return Problem{"it never came to that", {}, {}};
                 if (std::stoi(told[1]) <= std::stoi(told[0]) + slack) return std::nullopt;
                 return Problem{fmt::format("there were {}, and later {}", told[0], told[1]), {}, {}};
               });
}

LAB_CHECK_F(IpcCheck, Ipc, GivesBackWhatItTakes, .points = 2,
            .hint =
                "Destructors, close() and assignments give back what the object holds: descriptors (close), memory "
                "(munmap).",
            .title = "after 1,000 operations no more is open than after 10") {
  auto options =
      Scenario({"repeats", "10", "1000"},
               "for (int i = 0; i < 1000; ++i) {   // new pipes and queues, used and closed; old ones used\n}");
  options.level = TraceLevel::kNone;
  const auto run = Run(options);
  ExpectAll(run, {});
  if (HasFailure()) return;
  ASSERT_THAT(run, DoesNotGrow("descriptors", 0));
  constexpr int kHeap = 50;  // an allocator may map some
  ASSERT_THAT(run, DoesNotGrow("mappings", kHeap));
}

RunMatcher LeavesNoObjects() {
  return Judge("nothing outlives the last process that uses an object",
               [](const Observation& run) -> std::optional<Problem> {
                 if (run.leftovers.empty()) return std::nullopt;
                 Problem problem{Count(run.leftovers.size(), "object was", "objects were") + " left behind", {}, {}};
                 for (const auto& leftover : run.leftovers) problem.facts.push_back(leftover.name);
                 problem.facts = Bounded(std::move(problem.facts));
                 return problem;
               });
}

LAB_CHECK_F(IpcCheck, Ipc, NothingOutlivesItsUsers, .points = 2,
            .hint =
                "Killed processes remove nothing. Use what has no name, or take the name away as soon as the object is "
                "open (unlink, mq_unlink, shm_unlink).",
            .title = "nothing outlives the last process, even if all are killed") {
  const auto run =
      Run(Scenario({"perishes"}, "Pipe(); Queue queue(2);   // used by four processes; then kill(0, SIGKILL);"));
  ExpectAll(run, {});
  if (HasFailure()) return;
  ASSERT_THAT(run, LeavesNoStray());
  EXPECT_THAT(run, LeavesNoObjects());
}

// One line for each number of descriptors left.
RunMatcher WorksOrThrows(const std::string& what) {
  return Judge("with few descriptors left each call works, or throws std::system_error",
               [what](const Observation& run) -> std::optional<Problem> {
                 const auto told = Told(run, what);
                 if (told.empty()) return Problem{"it never came to that", {}, {}};
                 for (std::size_t left = 0; left < told.size(); ++left) {
                   if (told[left] == "returned" || told[left] == "system_error") continue;
                   return Problem{fmt::format("{} with {} left: {}", what, Count(left, "descriptor", "descriptors"),
                                              InWords(told[left])),
                                  {},
                                  {}};
                 }
                 return std::nullopt;
               });
}

LAB_CHECK_F(IpcCheck, Ipc, FailedCallsThrow, .points = 1,
            .hint = "Look at what each call returns, and throw std::system_error(errno, std::generic_category()).",
            .title = "a failed system call throws std::system_error") {
  const auto run = Run(Scenario(
      {"scarce", "8"}, "setrlimit(RLIMIT_NOFILE, ...);   // 0, 1, 2, … descriptors are left\nPipe(); Queue queue(2);"));
  ExpectAll(run, {});
  for (const auto* what : {"pipe", "one-way", "queue"}) {
    if (HasFailure()) return;
    EXPECT_THAT(run, WorksOrThrows(what));
  }
}

LAB_QUIZ();

}  // namespace
}  // namespace grader::checks::lab06
