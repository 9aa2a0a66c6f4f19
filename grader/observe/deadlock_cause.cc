#include "grader/observe/deadlock_cause.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace grader::observe {
namespace {

struct FunctionKind {
  std::string_view part_of_name;
  WaitKind kind;
};

// The innermost that matches counts.
constexpr std::array kFunctions = {
    FunctionKind{"pthread_cond_", WaitKind::kCondition},  FunctionKind{"sem_wait", WaitKind::kSemaphore},
    FunctionKind{"pthread_barrier_", WaitKind::kBarrier}, FunctionKind{"pthread_rwlock_", WaitKind::kRwLock},
    FunctionKind{"pthread_join", WaitKind::kJoin},        FunctionKind{"counting_semaphore<", WaitKind::kSemaphore},
    FunctionKind{"std::barrier<", WaitKind::kBarrier},    FunctionKind{"std::latch::", WaitKind::kBarrier},
    FunctionKind{"pthread_mutex_lock", WaitKind::kMutex},
};

bool IsFutexKind(WaitKind kind) {
  return kind == WaitKind::kFutex || kind == WaitKind::kMutex || kind == WaitKind::kJoin ||
         kind == WaitKind::kSemaphore;
}

// The library function that the student's code called.
std::optional<WaitKind> KindOf(const Stack& stack) {
  for (const Frame& frame : stack) {
    const bool of_student = frame.in_submission && !frame.function.starts_with("std::");
    if (of_student) break;
    for (const FunctionKind& known : kFunctions) {
      if (frame.function.find(known.part_of_name) != std::string::npos) return known.kind;
    }
  }
  return std::nullopt;
}

template <typename Predicate>
bool AllOf(const std::vector<WaitingTask>& stuck, const std::vector<std::size_t>& which, Predicate predicate) {
  return std::all_of(which.begin(), which.end(), [&](std::size_t i) { return predicate(stuck[i].wait.kind); });
}

bool IsLock(WaitKind kind) { return kind == WaitKind::kMutex || kind == WaitKind::kFileLock; }

DeadlockCause CauseOfCycle(const std::vector<WaitingTask>& stuck, const std::vector<std::size_t>& cycle) {
  const auto is = [](WaitKind wanted) { return [wanted](WaitKind kind) { return kind == wanted; }; };
  const auto has = [&](WaitKind wanted) {
    return std::any_of(cycle.begin(), cycle.end(), [&](std::size_t i) { return stuck[i].wait.kind == wanted; });
  };
  if (AllOf(stuck, cycle, IsLock)) return cycle.size() == 1 ? DeadlockCause::kSelfLock : DeadlockCause::kLockCycle;
  if (AllOf(stuck, cycle, is(WaitKind::kJoin))) return DeadlockCause::kJoinCycle;
  if (AllOf(stuck, cycle, is(WaitKind::kPipeWrite))) return DeadlockCause::kFullPipes;
  if (cycle.size() == 1 && (has(WaitKind::kPipeRead) || has(WaitKind::kPoll))) return DeadlockCause::kOwnPipeEnd;
  const bool only_reads = AllOf(stuck, cycle, [](WaitKind kind) {
    return kind == WaitKind::kPipeRead || kind == WaitKind::kChild || kind == WaitKind::kVfork;
  });
  if (only_reads && has(WaitKind::kPipeRead)) return DeadlockCause::kPipeHeldOpen;
  return has(WaitKind::kChild) ? DeadlockCause::kBlockedChild : DeadlockCause::kMixedCycle;
}

// Whether a stuck parent waits for the process of that task to end.
bool IsAwaitedChild(const std::vector<WaitingTask>& stuck, const TaskView& task) {
  return std::any_of(stuck.begin(), stuck.end(), [&](const WaitingTask& waiting) {
    const auto& wakers = waiting.wait.wakers;
    return waiting.wait.kind == WaitKind::kChild && std::any_of(wakers.begin(), wakers.end(), [&](const Waker& waker) {
             return waker.host_tid == task.host_tid;
           });
  });
}

}  // namespace

void Refine(Wait& wait, const Stack& stack) {
  if (!IsFutexKind(wait.kind)) return;
  const auto kind = KindOf(stack);
  if (!kind || *kind == wait.kind) return;
  const bool owned = *kind == WaitKind::kMutex || *kind == WaitKind::kJoin;
  if (owned && wait.kind != WaitKind::kFutex) return;
  // pthread_cond_wait(3) ends by taking the mutex again, and then the mutex is what is waited for.
  if (*kind == WaitKind::kCondition && wait.kind == WaitKind::kMutex) return;
  wait.kind = *kind;
  wait.object.clear();
  wait.wakers.clear();
  wait.owner_gone = false;
  wait.owner_tid = 0;
}

DeadlockCause CauseOf(const std::vector<WaitingTask>& stuck, const Roots& roots) {
  if (!roots.cycle.empty()) return CauseOfCycle(stuck, roots.cycle);
  const auto any_sink = [&](auto predicate) {
    return std::any_of(roots.sinks.begin(), roots.sinks.end(), [&](std::size_t i) { return predicate(stuck[i]); });
  };
  if (any_sink([](const WaitingTask& waiting) { return waiting.wait.owner_gone; }))
    return DeadlockCause::kAbandonedLock;
  const auto is_idle_child = [&](const WaitingTask& waiting) {
    return waiting.wait.kind == WaitKind::kSignal && IsAwaitedChild(stuck, waiting.task);
  };
  return any_sink(is_idle_child) ? DeadlockCause::kBlockedChild : DeadlockCause::kNobodyToSignal;
}

}  // namespace grader::observe
