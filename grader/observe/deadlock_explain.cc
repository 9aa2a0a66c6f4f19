#include <algorithm>

#include "grader/observe/deadlock_cause.h"
#include "grader/observe/deadlock_detector.h"
#include "grader/observe/deadlock_text.h"

namespace grader::observe {
namespace {

// The ids inside of the stuck tasks that could end a wait, each once.
std::vector<pid_t> WaitsFor(const Wait& wait, const std::map<pid_t, pid_t>& tids) {
  std::vector<pid_t> waits_for;
  for (const Waker& waker : wait.wakers) {
    const auto tid = tids.find(waker.host_tid);
    if (tid == tids.end() || std::find(waits_for.begin(), waits_for.end(), tid->second) != waits_for.end()) continue;
    waits_for.push_back(tid->second);
  }
  return waits_for;
}

}  // namespace

Deadlock Explain(const DeadlockProof& proof, const std::map<pid_t, Stack>& stacks) {
  DeadlockProof refined = proof;
  std::map<pid_t, pid_t> tids;
  std::vector<Stack> stack_of;
  for (WaitingTask& waiting : refined.stuck) {
    tids[waiting.task.host_tid] = waiting.task.tid;
    const auto stack = stacks.find(waiting.task.host_tid);
    stack_of.push_back(stack == stacks.end() ? Stack{} : stack->second);
    Refine(waiting.wait, stack_of.back());
  }

  const TaskNames names(refined);
  const Roots roots = FindRoots(refined.stuck);
  Deadlock deadlock;
  deadlock.cause = CauseOf(refined.stuck, roots);
  deadlock.whole_program = refined.whole_program;
  std::vector<std::string> clauses;
  for (std::size_t i = 0; i < refined.stuck.size(); ++i) {
    const WaitingTask& waiting = refined.stuck[i];
    clauses.push_back(Clause(waiting, StudentFrame(stack_of[i]), names));
    deadlock.tasks.push_back({waiting.task.process, waiting.task.tid, waiting.wait.kind, WaitingText(waiting, names),
                              WaitsFor(waiting.wait, tids), std::move(stack_of[i])});
  }
  for (const std::size_t i : roots.cycle) deadlock.cycle.push_back(refined.stuck[i].task.tid);
  deadlock.explanation = ExplanationText(refined, roots, clauses);
  return deadlock;
}

}  // namespace grader::observe
