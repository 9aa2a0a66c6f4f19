// How glibc 2.36 on x86-64 uses futex(2):
// - pthread_mutex_lock: FUTEX_WAIT for the value 2 on the first word of { lock, count, owner, users, kind }
//   (nptl/lowlevellock.h, struct __pthread_mutex_s); robust and priority-inheriting ones keep the owner's id in the
//   word;
// - pthread_join: FUTEX_WAIT_BITSET for the thread's id, not private, on the word that the kernel clears at its exit;
// - conditions, semaphores, barriers, rwlocks: other values and words; their functions are told apart later, by the
// stack.
#include <linux/futex.h>

#include <optional>
#include <string>

#include "grader/observe/semaphore_name.h"
#include "grader/observe/task_memory.h"
#include "grader/observe/wait_context.h"

namespace grader::observe {
namespace {

constexpr unsigned kLockPi2 = 13;  // FUTEX_LOCK_PI2, Linux 5.14

struct MutexWords {
  std::uint32_t lock;
  std::uint32_t count;
  std::int32_t owner;
  std::uint32_t users;
  std::int32_t kind;
};

constexpr std::int32_t kKindMask = 3;  // normal, recursive, error-checking, adaptive
constexpr std::int32_t kRobust = 16;
constexpr std::int32_t kPriority = 32 | 64;  // inheriting, protecting
constexpr std::int32_t kShared = 128;
constexpr std::int32_t kElision = 256 | 512;

bool IsPlausible(const MutexWords& words) {
  return (words.kind & ~(kKindMask | kRobust | kPriority | kShared | kElision)) == 0 && words.users <= 4096;
}

struct SemaphoreWords {
  std::uint32_t value;
  std::uint32_t waiters;
  std::uint32_t shared;
};

bool IsSemaphore(const SemaphoreWords& words, bool is_private) {
  return words.value == 0 && words.waiters > 0 && words.shared == (is_private ? 0 : FUTEX_PRIVATE_FLAG);
}

Wait WaitForSemaphore(const TaskView& task, std::uint64_t address, bool is_private) {
  const std::string name = is_private ? "" : ReadSemaphoreName(task.host_tid, address);
  return WaitForAnybody(WaitKind::kSemaphore, name.empty() ? "a semaphore" : "the semaphore " + name);
}

Wait WaitForOwner(const WaitContext& context, pid_t owner) {
  Wait wait = WaitForAnybody(WaitKind::kMutex, "a mutex");
  wait.owner_tid = owner;
  const TaskView* holder = context.FindInside(owner);
  if (holder == nullptr) {
    wait.owner_gone = true;
    return wait;
  }
  // Only who locked a mutex may unlock it (pthread_mutex_lock(3)).
  wait.end = Wait::End::kOwners;
  wait.wakers.push_back({Waker::Role::kOwner, holder->host_tid, -1});
  return wait;
}

std::optional<pid_t> OwnerOfMutex(const MutexWords& words, std::uint32_t awaited) {
  if (!IsPlausible(words) || words.lock != awaited) return std::nullopt;
  if ((words.kind & kRobust) != 0) return static_cast<pid_t>(words.lock & FUTEX_TID_MASK);
  if (awaited == 2 && words.owner > 0 && words.users >= 1) return words.owner;
  return std::nullopt;
}

}  // namespace

Wait ReadFutexWait(const WaitContext& context, const TaskView& task, const SleepingCall& call) {
  const std::uint64_t address = call.arguments[0];
  const unsigned operation = static_cast<unsigned>(call.arguments[1]) & FUTEX_CMD_MASK;
  const bool is_private = (call.arguments[1] & FUTEX_PRIVATE_FLAG) != 0;
  const auto awaited = static_cast<std::uint32_t>(call.arguments[2]);
  const bool inherits = operation == FUTEX_LOCK_PI || operation == kLockPi2;
  if (operation != FUTEX_WAIT && operation != FUTEX_WAIT_BITSET && !inherits) return LiveWait("other futex operation");

  const auto word = ReadObject<std::uint32_t>(task.host_tid, address);
  if (!word) return LiveWait("futex that cannot be read");
  if (inherits) return WaitForOwner(context, static_cast<pid_t>(*word & FUTEX_TID_MASK));

  if (operation == FUTEX_WAIT_BITSET && !is_private && awaited > 1 && *word == awaited) {
    const TaskView* joined = context.FindInside(static_cast<pid_t>(awaited));
    if (joined != nullptr && joined->host_tgid == task.host_tgid) {
      // Not only by the thread's end: whoever may cancel the waiting one ends its wait too.
      Wait wait = WaitForAnybody(WaitKind::kJoin, "the end of a thread");
      wait.owner_tid = joined->tid;
      wait.wakers.push_back({Waker::Role::kJoined, joined->host_tid, -1});
      return wait;
    }
  }
  if (operation == FUTEX_WAIT) {
    const auto words = ReadObject<MutexWords>(task.host_tid, address);
    const auto owner = words ? OwnerOfMutex(*words, awaited) : std::nullopt;
    const TaskView* holder = owner ? context.FindInside(*owner) : nullptr;
    const bool may_own = holder == nullptr || !is_private || holder->host_tgid == task.host_tgid;
    if (owner && *owner > 0 && may_own) return WaitForOwner(context, *owner);
  }
  if (operation == FUTEX_WAIT_BITSET && awaited == 0) {
    const auto words = ReadObject<SemaphoreWords>(task.host_tid, address);
    if (words && IsSemaphore(*words, is_private)) return WaitForSemaphore(task, address, is_private);
  }
  return WaitForAnybody(WaitKind::kFutex, "");
}

}  // namespace grader::observe
