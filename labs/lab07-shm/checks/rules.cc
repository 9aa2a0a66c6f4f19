// What holds for all objects.
#include <csignal>

#include "scene.h"

namespace grader::checks::lab07 {
namespace {

LAB_CHECK_F(ShmCheck, Rules, DestroyingIsPrivate, .points = 4,
            .hint =
                "A destructor gives back this process's part: munmap, close. It must not end what others still use: "
                "no pthread_mutex_destroy, no semctl(IPC_RMID).",
            .needs = {"Value.IsOneAmongProcesses", "Semaphore.Counts", "Lock.ExcludesOtherProcesses"},
            .title = "destroying an object ends this process's use of it, and nobody else's") {
  const int n = Between(100, 9000);
  ExpectLines({{"child-destroys", std::to_string(n)},
               "a child uses and destroys a Lock, a Semaphore, a Value and an Array; its parent goes on using them"},
              {fmt::format("the parent: value {0}, array {1} {0}, semaphore 3", n + 4, n)});
  if (HasFailure()) return;
  ExpectLines({{"parent-destroys", std::to_string(n)},
               "the parent destroys them, while its child holds the lock; the child goes on using them"},
              {"a grandchild tries: false", "the child unlocks: nothing",
               fmt::format("the child: value {0}, array {1} {0}, semaphore 3", n + 2, n)});
  if (HasFailure()) return;
  ExpectLines({{"destroyed-while-others-wait"},
               "processes sleep in lock() and acquire(); another destroys the objects; then unlock() and release()"},
              {"before: 0", "after: 2"});
}

// Nothing is left in the system; if the program was killed, it was as it should be.
RunMatcher LeavesNoObject() {
  return JudgeAnyEnd("nothing is left behind when the last process is gone",
                     [](const Observation& run) -> std::optional<Problem> {
                       if (Lines(run) != std::vector<std::string>{"in use"}) {
                         auto problem = ProblemOfOutcome(run);
                         return problem ? problem : Problem{"it did not come to that", {}, {}};
                       }
                       if (run.leftovers.empty()) return std::nullopt;
                       Problem problem{"something was left behind", {}, {}};
                       for (const auto& left : run.leftovers) problem.facts.push_back(left.name + " was not removed");
                       problem.facts = Bounded(std::move(problem.facts));
                       return problem;
                     });
}

LAB_CHECK_F(ShmCheck, Rules, LeavesNothingBehind, .points = 2,
            .hint =
                "Nobody can tidy up after SIGKILL. Use what has no name: anonymous mappings, memfd_create, eventfd; or "
                "remove the name at once.",
            .needs = {"Lock.ExcludesOtherProcesses", "Semaphore.Counts"},
            .title = "nothing outlives the last process, even if all are killed") {
  for (const std::string end : {"kill", "_exit", "exit"}) {
    const auto run =
        Run(Play({{"all-end", end}, fmt::format("four processes use all four kinds of objects; all die ({})", end)}));
    ASSERT_THAT(run, LeavesNoObject());
  }
}

RunMatcher HoldsNoMore() {
  return Judge("it holds no more descriptors and mappings after many rounds than after ten",
               [](const Observation& run) -> std::optional<Problem> {
                 constexpr long long kMappings = 10;  // the C++ library may need some of its own
                 const auto lines = Lines(run);
                 if (lines.size() != 2) return Problem{"it printed something else", lines, {}};
                 const auto more = [&](std::size_t line) { return NumberIn(Split(lines[line]).back()); };
                 if (more(0) <= 0 && more(1) <= kMappings) return std::nullopt;
                 return Problem{"it holds more and more", lines, {}};
               });
}

LAB_CHECK_F(ShmCheck, Rules, LeaksNothing, .points = 2,
            .hint = "What a constructor maps or opens, the destructor must unmap or close.",
            .needs = {"Lock.ExcludesOtherProcesses", "Semaphore.Counts", "Value.IsOneAmongProcesses"},
            .title = "descriptors and memory do not grow with use") {
  const auto making = Run(Play({{"make-and-destroy", "1000"},
                                "1000 times: a Lock, a Semaphore, a Value and an Array of "
                                "up to 1 MiB are made, used and destroyed"}));
  ASSERT_THAT(making, ExitsCleanly());
  ASSERT_THAT(making, HoldsNoMore());
  const auto using_them = Run(Play({{"use-often", "1000"}, "1000 times: the same objects are used, also by children"}));
  ASSERT_THAT(using_them, ExitsCleanly());
  EXPECT_THAT(using_them, HoldsNoMore());
}

RunMatcher ThrowsForWhatCannotBe() {
  return Judge("a failed system call throws std::system_error", [](const Observation& run) -> std::optional<Problem> {
    const auto lines = Lines(run);
    if (lines.size() == 2 && lines[0] == "2^50 bytes: std::system_error" && lines[1] != "2^61 + 2 numbers: nothing") {
      return std::nullopt;
    }
    return Problem{"what was thrown for arrays that cannot be", lines, {}};
  });
}

// Without memory, `new` may fail too, and what was mapped before needs no call.
RunMatcher ThrowsOrWorks() {
  return Judge("it throws std::system_error", [](const Observation& run) -> std::optional<Problem> {
    const std::vector<std::string> right = {"std::system_error", "std::bad_alloc", "nothing"};
    const auto lines = Lines(run);
    if (lines.size() == 1 && std::ranges::count(right, lines[0]) != 0) return std::nullopt;
    return Problem{"it threw " + (lines.empty() ? "nothing" : lines[0]), {}, {}};
  });
}

LAB_CHECK_F(ShmCheck, Rules, TellsFailedCalls, .points = 1,
            .hint = "mmap returns MAP_FAILED, not a null pointer. And size * sizeof(T) may be too large for a size_t.",
            .needs = {"Array.IsSharedWhole"}, .title = "a failed system call throws std::system_error") {
  const auto refused = Run(Play({{"refused"}, "shm::Array<char> of 2^50 elements, shm::Array<long long> of 2^61 + 2"}));
  ASSERT_THAT(refused, ExitsCleanly());
  ASSERT_THAT(refused, ThrowsForWhatCannotBe());
  for (const std::string kind : {"lock", "semaphore", "value", "array"}) {
    const auto run = Run(
        Play({{"nothing-left", kind}, "no more memory and descriptors are to be had; then a " + kind + " is made"}));
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, ThrowsOrWorks());
  }
}

LAB_QUIZ();

}  // namespace
}  // namespace grader::checks::lab07
