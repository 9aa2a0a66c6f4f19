// Processes that die at the wrong moment.
#include "scene.h"

namespace grader::checks::lab07 {
namespace {

const std::vector<std::string> kEnds = {"kill", "terminate", "abort", "exit", "_exit"};

LAB_CHECK_F(ShmCheck, Death, FreesTheLock, .points = 5,
            .hint =
                "Only the kernel knows for sure that a process has died: robust mutexes and file locks. With a "
                "robust mutex, EOWNERDEAD means that you have it now; pthread_mutex_consistent keeps it usable. A "
                "zombie is dead, though kill(pid, 0) finds it.",
            .needs = {"Lock.ExcludesOtherProcesses"},
            .title = "who dies with the lock holds it no longer, however often") {
  for (const auto& end : kEnds) {
    const int rounds = Between(3, 5);
    std::vector<std::string> lines;
    for (int round = 0; round < rounds; ++round) {
      if (round % 2 == 1) lines.push_back("tries: true");
      lines.push_back("another process tries: false");
      lines.push_back("unlock: nothing");
    }
    lines.push_back("then free: true");
    ExpectLines({{"holder-dies", end, std::to_string(rounds)},
                 fmt::format("{} times: a child locks and dies ({}), a zombie; the parent calls lock() or try_lock(),\n"
                             "another child tries, the parent unlocks",
                             rounds, end)},
                lines);
    if (HasFailure()) return;
  }
}

LAB_CHECK_F(ShmCheck, Death, HandsTheLockOn, .points = 2,
            .hint = "When a holder dies, one of those who sleep must be woken, and must see that it has the lock.",
            .needs = {"Lock.ExcludesOtherProcesses"}, .title = "who waits for the lock of one who dies is woken") {
  const int waiters = Between(3, 5);
  for (const std::string end : {"kill", "_exit"}) {
    ExpectLines(
        {{"waiters-die-in-turn", end, std::to_string(waiters)},
         fmt::format("{} children sleep in lock(); the parent unlocks; each that has the lock dies with it ({})",
                     waiters, end)},
        {"before the parent unlocks: 0", fmt::format("had the lock: {}, and then the parent", waiters)});
    if (HasFailure()) return;
  }
}

LAB_CHECK_F(ShmCheck, Death, LeavesTheLockToNoHeir, .points = 2,
            .hint =
                "A child inherits descriptors, and with them the locks of an open file (flock, OFD). It must have "
                "none of the lock, even if it never touches it.",
            .needs = {"Lock.ExcludesOtherProcesses"}, .title = "the child of a holder that died holds nothing") {
  ExpectLines({{"holder-leaves-an-heir"},
               "a process locks, forks a child that only sleeps, and is killed; a third calls lock()"},
              {"the parent has the lock", "its child unlocks: std::logic_error", "the parent unlocks: nothing"});
}

LAB_CHECK_F(ShmCheck, Death, FreesTheLockAtEveryMoment, .points = 4,
            .hint = "Taking the lock and noting who has it must be one step, and so must be giving it back.",
            .needs = {"Death.FreesTheLock"},
            .title = "a process killed at any moment of lock() or unlock() leaves a lock that works") {
  const auto options = Play({{"die-with-lock"},
                             "a process is killed at some point of lock.lock(); lock.unlock();\n"
                             "then its parent calls lock(), a child tries, the parent unlocks, a child tries"});
  const std::vector<std::string> lines = {"the parent has the lock", "a child tries: false", "unlock: nothing",
                                          "a child tries: true"};
  ExpectLinesAtEachMoment({"victim", Unit::kInstructions, Action::kKill, 24}, options, lines);
  for (const std::string who : {"holder", "waiter"}) {
    if (HasFailure()) return;
    const auto among_waiters = Play({{"die-among-waiters", who},
                                     fmt::format("two processes sleep in lock(); the {} is killed at some point of {}",
                                                 who == "holder" ? "holder" : "third that waits",
                                                 who == "holder" ? "unlock()" : "waking up, unlock() included")});
    ExpectLinesAtEachMoment({"victim", Unit::kInstructions, Action::kKill, 12}, among_waiters,
                            {"two inside at once: false", "then free: true"});
  }
}

LAB_CHECK_F(ShmCheck, Death, KeepsWhatWasTaken, .points = 1,
            .hint = "A semaphore has no owner: do not give back what a dead process had taken (SEM_UNDO does).",
            .title = "what a process acquired or released stays so when it ends") {
  for (const auto& end : kEnds) {
    const int n = Between(5, 30), taken = Between(1, 5), given = Between(0, 4);
    const int value = n - taken + given;
    ExpectLines(
        {{"semaphore-outlives-its-users", end, std::to_string(n), std::to_string(taken), std::to_string(given)},
         fmt::format("shm::Semaphore s({}); a child acquires {}, releases {}, and dies ({})", n, taken, given, end)},
        {fmt::format("value {}", value), fmt::format("value {}", value), fmt::format("taken {}", value)});
    if (HasFailure()) return;
  }
}

LAB_CHECK_F(ShmCheck, Death, OfWaitersCostsNothing, .points = 2,
            .hint =
                "Whoever is killed while it waits must not be counted on: neither in a counter of waiters nor in a "
                "condition variable, and it must not hold a lock of yours.",
            .needs = {"Semaphore.WaitsAsleep"}, .title = "who is killed while it waits takes nothing with it") {
  for (const int dead : {1, Between(3, 5)}) {
    ExpectLines(
        {{"waiters-are-killed", std::to_string(dead)},
         fmt::format("shm::Semaphore s(0); {} processes are killed while they wait in acquire; two others wait "
                     "on;\nrelease(), twice; then five more processes, one after the other, wait and are let go",
                     dead)},
        {"passed 2, value 0", "passed 7, value 1"});
    if (HasFailure()) return;
  }
}

// Whoever died in a call may have done it or not; who came back from it has.
RunMatcher LosesNothing(const std::string& call, int initial) {
  const bool releases = call == "release";
  const int undone = releases ? initial : std::max(initial, 1);  // with what the parent released
  const int done = releases ? undone + 1 : undone - 1;
  return Judge("nothing is lost, and nothing comes from nowhere",
               [=](const Observation& run) -> std::optional<Problem> {
                 const auto lines = Lines(run);
                 const auto completed = fmt::format("done: true, left: {}", done);
                 const auto either = {completed, fmt::format("done: false, left: {}", done),
                                      fmt::format("done: false, left: {}", undone)};
                 const bool right = lines.size() == 2 && std::ranges::count(either, lines[0]) != 0;
                 if (right && lines[1] == "one more: 1") return std::nullopt;
                 return Problem{"what is left for the others is wrong", lines, {}};
               });
}

LAB_CHECK_F(ShmCheck, Death, LosesNoTokenAtAnyMoment, .points = 2,
            .hint = "No lock of yours may be held, and nothing be half done, where a process can be killed.",
            .needs = {"Semaphore.Counts"},
            .title = "a process killed at any moment of acquire() or release() leaves a semaphore that works") {
  struct Scenario {
    std::string call;
    int initial;
  };
  for (const auto& [call, initial] : {Scenario{"acquire", 1}, {"release", 0}, {"acquire", 0}, {"timed", 0}}) {
    const auto options = Play({{"die-at-semaphore", call, std::to_string(initial)},
                               fmt::format("shm::Semaphore s({}); a process is killed at some point of {};\n"
                                           "then release(), and another process calls acquire()",
                                           initial, call)});
    AtEachMoment({"victim", Unit::kInstructions, Action::kKill, 8}, options, [&](const Observation& run) {
      ASSERT_THAT(run, ExitsCleanly());
      ASSERT_THAT(run, LosesNothing(call, initial));
    });
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace grader::checks::lab07
