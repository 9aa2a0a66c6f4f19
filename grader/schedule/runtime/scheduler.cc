#include "grader/schedule/runtime/scheduler.h"

#include "grader/schedule/runtime/deadlock.h"
#include "grader/schedule/runtime/fibers.h"
#include "grader/schedule/runtime/profile.h"
#include "grader/schedule/runtime/races.h"
#include "grader/schedule/runtime/random.h"
#include "grader/schedule/runtime/report.h"
#include "grader/schedule/runtime/strategy.h"

namespace grader::schedule::runtime {

Order current_order;
std::uint64_t steps = 0;
std::uint64_t points = 0;
std::uint64_t branches = 0;
std::uint64_t switches = 0;
std::uint64_t schedule_hash = 14695981039346656037ull;
std::uint64_t changes = 0;
std::uint64_t change_step = 0;
std::uint64_t returns = 0;
Nanoseconds now = kEpoch;

namespace {

constexpr Nanoseconds kMicrosecond = 1000;
constexpr Nanoseconds kSecond = 1'000'000'000;
constexpr Nanoseconds kPointTime = 100;  // what an operation takes
constexpr std::uint64_t kIdleRounds = 1'000'000;
constexpr std::uint64_t kSlowRounds = 5000;  // idle rounds before time begins to pass faster and faster

// So many looks at the same thing are spinning. The library looks a few dozen times itself before it sleeps, and some
// bugs show only when it does.
constexpr int kImpatience = 8;
constexpr int kPatience = 48;
constexpr int kInsistence = 2;  // after so many it may insist on looking until it sleeps

// At so many points one deadline passes early, in the runs that have the option for it.
std::uint64_t early_one_in = 1;

// Rounds in which everybody only looked, or slept, since the last change.
std::uint64_t idle_rounds = 0;
std::uint64_t idle_change = 0;
Nanoseconds tick = kMicrosecond;

// The latest deadline; 0 if nobody has one.
Nanoseconds LastDeadline() {
  Nanoseconds last = 0;
  for (Slot slot = 0; slot < slot_count; ++slot) {
    const Thread* thread = slots[slot];
    if (thread == nullptr || thread->state != ThreadState::kWaiting) continue;
    if (thread->waiting.deadline > last) last = thread->waiting.deadline;
  }
  return last;
}

void CountIdleRound() {
  if (idle_change != changes - returns) {
    idle_change = changes - returns;
    idle_rounds = 0;
    tick = kMicrosecond;
  }
  // Who sleeps for long may be the one that all others look for.
  if (++idle_rounds == kIdleRounds / 2) AdvanceTo(LastDeadline());
  if (idle_rounds > kIdleRounds) EndLivelocked();
}

// The earliest deadline; 0 if nobody has one.
Nanoseconds NextDeadline() {
  Nanoseconds next = 0;
  for (Slot slot = 0; slot < slot_count; ++slot) {
    const Thread* thread = slots[slot];
    if (thread == nullptr || thread->state != ThreadState::kWaiting || thread->waiting.deadline == 0) continue;
    if (next == 0 || thread->waiting.deadline < next) next = thread->waiting.deadline;
  }
  return next;
}

// Everybody who can run only looks again and again: lets time pass, at first slowly, and lets them look once more.
void IdleRound() {
  CountIdleRound();
  if (idle_rounds > kSlowRounds && tick < 3600 * kSecond) tick += tick / 8;
  AdvanceTo(now + tick);
  for (Slot slot = 0; slot < slot_count; ++slot) {
    if (slots[slot] != nullptr) slots[slot]->spinning = false;
  }
}

// With the options for it: one whose deadline is near may find that it has passed, although others can run.
void PassDeadlineEarly() {
  if (!Chosen(kEarlyTimeouts) && !Chosen(kEarlySleepers)) return;
  Ready sleepers;
  for (Slot slot = 0; slot < slot_count; ++slot) {
    Thread* thread = slots[slot];
    if (thread == nullptr || thread->state != ThreadState::kWaiting || thread->waiting.deadline == 0) continue;
    const Option option = thread->pending.operation == Operation::kSleep ? kEarlySleepers : kEarlyTimeouts;
    if (Chosen(option) && thread->waiting.deadline <= now + kSecond) sleepers.Add(*thread);
  }
  if (sleepers.count == 0 || !world_random.OneIn(early_one_in)) return;
  AdvanceTo(sleepers.threads[world_random.Below(static_cast<std::uint64_t>(sleepers.count))]->waiting.deadline);
}

// Nobody else can run: lets all new threads go, and one of those that were held elsewhere.
void ReleaseHeld(int held) {
  const std::uint64_t lot = strategy_random.Below(static_cast<std::uint64_t>(held));
  std::uint64_t index = 0;
  for (Slot slot = 0; slot < slot_count; ++slot) {
    Thread* thread = slots[slot];
    if (thread == nullptr || thread->state != ThreadState::kReady || thread->hold_until <= points) continue;
    if (index++ == lot || thread->hold_until == kForNobodyElse) thread->hold_until = 0;
  }
}

// Exhaustive search spares itself the schedules in which somebody is chosen only to find a lock taken.
bool WouldWait(const Thread& thread) {
  const Object* object = thread.pending.object;
  if (current_order.strategy != Strategy::kPrefix || object == nullptr || thread.pending.gives_up) return false;
  switch (thread.pending.operation) {
    case Operation::kLock:
      return (object->owner != nullptr && object->owner != &thread) || object->readers > 0;
    case Operation::kReadLock:
      return object->owner != nullptr && object->owner != &thread;
    case Operation::kSemaphoreAcquire:
      return object->value <= 0;
    case Operation::kJoin:
      return thread.waiting.target->state != ThreadState::kEnded;
    default:
      return false;
  }
}

// Those who can go on. Makes time pass when nobody can; empty if nobody ever will.
Ready WaitForReady() {
  for (;;) {
    Ready ready;
    Ready would_wait;
    int held = 0;
    int spinning = 0;
    for (Slot slot = 0; slot < slot_count; ++slot) {
      Thread* thread = slots[slot];
      if (thread == nullptr || thread->state != ThreadState::kReady || thread->stuck) continue;
      if (thread->spinning && thread->spin_change == changes) {
        ++spinning;
      } else if (thread->hold_until > points) {
        ++held;
      } else if (WouldWait(*thread)) {
        would_wait.Add(*thread);
      } else {
        thread->spinning = false;
        ready.Add(*thread);
      }
    }
    if (ready.count > 0) return ready;
    if (would_wait.count > 0) return would_wait;
    if (held > 0) {
      ReleaseHeld(held);
    } else if (spinning > 0) {
      IdleRound();
    } else if (const Nanoseconds next = NextDeadline(); next != 0) {
      CountIdleRound();
      AdvanceTo(next);
    } else {
      return ready;
    }
  }
}

void GoOn() {
  PassDeadlineEarly();
  const Ready ready = WaitForReady();
  if (ready.count == 0) EndDeadlocked();
  Thread* next = ready.threads[0];
  ++points;
  if (ready.count > 1) ++branches;
  if (ready.count > 1 || current_order.strategy == Strategy::kPrefix) next = Choose(ready);
  Mix(schedule_hash, static_cast<std::uint64_t>(next->number));
  if (next == current) return;
  ++switches;
  SwitchTo(*next);
}

// The object must not lie in memory that has been freed.
void CheckObject(const Pending& pending) {
  if (pending.object == nullptr || pending.operation == Operation::kFree) return;
  CheckAllocated(pending.object->address, 1, kReads, pending.spot);
}

void Note(const Pending& pending) {
  Thread& thread = *current;
  thread.pending = pending;
  thread.accesses_since_point = 0;
  Announce(thread);
  now += kPointTime;
  if (++steps > current_order.step_limit) EndOutOfSteps();
  if (steps % 64 == 0) AdvanceTo(now);
  Mix(schedule_hash, static_cast<std::uint64_t>(pending.operation) << 32 | static_cast<std::uint64_t>(thread.number));
  if (pending.object != nullptr) Mix(schedule_hash, pending.object->identity);
}

}  // namespace

void BeginSchedule() {
  strategy_random.Seed(current_order.seed * 1000003 + static_cast<std::uint64_t>(current_order.strategy) * 7919 +
                       current_order.depth);
  world_random.Seed(current_order.strategy == Strategy::kPrefix ? 0 : current_order.seed ^ 0x5bd1e995);
  constexpr std::uint64_t kEarlyOneIn[] = {3, 12, 48};
  early_one_in = kEarlyOneIn[world_random.Below(3)];
  PrepareStrategy();
  PrepareThread(*threads[0]);
}

void Point(const Pending& pending) {
  if (!in_run) return;
  CheckObject(pending);
  Note(pending);
  CountForProfile(pending);
  GoOn();
  CheckObject(pending);
  RecordStep(pending, 0);
}

void Point(Operation operation, Object* object, Pc pc, bool writes) {
  if (in_run) Point(Pending{operation, object, SpotOf(pc), writes});
}

bool Wait(const Pending& pending, Nanoseconds deadline) { return Wait(pending, pending, deadline); }

bool Wait(const Pending& pending, const Pending& resumes, Nanoseconds deadline) {
  if (!in_run) EndUnsupported("waiting before main()", pending.spot);
  Thread& thread = *current;
  Note(pending);
  if (deadline != 0 && deadline <= now) {
    thread.waiting.timed_out = true;
    return false;
  }
  thread.state = ThreadState::kWaiting;
  thread.waiting.deadline = deadline;
  thread.waiting.timed_out = false;
  thread.insists = false;
  thread.waiting.resumes = resumes;
  thread.waiting.since = steps;
  RecordStep(pending, 1);
  EndIfCyclic(thread);
  GoOn();
  thread.waiting.deadline = 0;
  thread.looks = 0;
  CheckObject(resumes);
  return !thread.waiting.timed_out;
}

void Wake(Thread& thread) {
  thread.state = ThreadState::kReady;
  thread.waiting.deadline = 0;
  thread.pending = thread.waiting.resumes;
  Changed();
}

int WakeAll(const Object& object) {
  int count = 0;
  for (Slot slot = 0; slot < slot_count; ++slot) {
    Thread* thread = slots[slot];
    if (thread == nullptr || thread->state != ThreadState::kWaiting || thread->pending.object != &object) continue;
    thread->waiting.notified = true;
    Wake(*thread);
    ++count;
  }
  Changed();
  return count;
}

void WakeForReturn(const Object& lock) {
  const std::uint64_t before = changes;
  const std::uint64_t step = change_step;
  WakeAll(lock);
  returns += changes - before;
  change_step = step;
}

Thread* WakeOne(Operation operation, const Object& object) {
  Ready waiters;
  for (Slot slot = 0; slot < slot_count; ++slot) {
    Thread* thread = slots[slot];
    if (thread == nullptr || thread->state != ThreadState::kWaiting || thread->pending.object != &object) continue;
    if (thread->pending.operation == operation) waiters.Add(*thread);
  }
  if (waiters.count == 0) return nullptr;
  Thread* woken = ChooseWaiter(waiters);
  woken->waiting.notified = true;
  Wake(*woken);
  Mix(schedule_hash, static_cast<std::uint64_t>(woken->number));
  return woken;
}

void LeaveForever() {
  GoOn();
  __builtin_unreachable();
}

void Spin() {
  Thread& thread = *current;
  thread.spinning = true;
  thread.spin_change = changes;
  Demote(thread);
}

void Look(Pc pc, std::uint64_t value) {
  Thread& thread = *current;
  if (thread.look_change != changes) {
    thread.look_change = changes;
    thread.looks = 0;
    thread.insists = false;
    thread.patience = kPatience;
    if (current_order.strategy != Strategy::kPrefix && strategy_random.OneIn(2)) thread.patience = kImpatience;
    for (Sight& sight : thread.sights) sight = {};
  }
  for (const Sight& sight : thread.sights) {
    if (sight.pc != pc || sight.value != value) continue;
    ++thread.looks;
    if (thread.looks == kInsistence) thread.insists = thread.patience == kPatience && strategy_random.OneIn(2);
    if (thread.looks > thread.patience) {
      thread.looks -= kImpatience / 2;
      thread.insists = false;
      Spin();
    }
    return;
  }
  thread.sights[thread.next_sight++ % kSights] = {pc, value};
}

Nanoseconds LookAtClock(Pc pc) {
  AdvanceTo(now + kMicrosecond);
  Look(pc, 0);
  return now;
}

void AdvanceTo(Nanoseconds time) {
  if (time > now) now = time;
  for (Slot slot = 0; slot < slot_count; ++slot) {
    Thread* thread = slots[slot];
    if (thread == nullptr || thread->state != ThreadState::kWaiting || thread->waiting.deadline == 0) continue;
    if (thread->waiting.deadline > now) continue;
    thread->state = ThreadState::kReady;
    thread->waiting.deadline = 0;
    thread->waiting.timed_out = true;
    thread->pending = thread->waiting.resumes;
  }
}

}  // namespace grader::schedule::runtime
