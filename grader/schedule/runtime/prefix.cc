// Exhaustive search: follows the choices of the order, then goes on without switching, and records every choice there
// is. Sleep sets leave out schedules that differ only in the order of operations whose order does not matter.
#include "grader/schedule/runtime/profile.h"
#include "grader/schedule/runtime/random.h"
#include "grader/schedule/runtime/raw_call.h"
#include "grader/schedule/runtime/report.h"
#include "grader/schedule/runtime/scheduler.h"
#include "grader/schedule/runtime/strategy.h"

namespace grader::schedule::runtime {
namespace {

std::uint64_t sleepers = 0;
std::uint32_t choices_made = 0;

std::uint64_t BitOf(const Thread& thread) { return thread.number < 64 ? 1ull << thread.number : 0; }

std::uint64_t BitsOf(const Ready& ready) {
  std::uint64_t bits = 0;
  for (int i = 0; i < ready.count; ++i) bits |= BitOf(*ready.threads[i]);
  return bits;
}

Thread* WithNumber(const Ready& ready, ThreadNumber number) {
  for (int i = 0; i < ready.count; ++i) {
    if (ready.threads[i]->number == number) return ready.threads[i];
  }
  return nullptr;
}

// What is done without an object (time, exit, marks) may matter to everybody.
bool Dependent(const Pending& a, const Pending& b) {
  if (a.operation == Operation::kYield || b.operation == Operation::kYield) return false;
  if (a.object == nullptr || b.object == nullptr) return true;
  return Conflict(a, b);
}

// The next choice of the prefix; null if it is used up.
Thread* Prescribed(const Ready& ready) {
  if (choices_made >= current_order.prefix_count) return nullptr;
  Thread* thread = WithNumber(ready, OrderPrefix()[choices_made]);
  if (thread == nullptr) Fault("scheduler: the prefix does not fit the program");
  if (choices_made + 1 == current_order.prefix_count) sleepers = current_order.sleepers;
  return thread;
}

void Record(Thread* chosen, const Ready& ready, bool wakes) {
  ++choices_made;
  Choice choice;
  choice.chosen = chosen->number;
  choice.previous = current->number;
  choice.wakes = wakes;
  choice.enabled = BitsOf(ready);
  choice.sleepers = sleepers & choice.enabled;
  RecordChoice(choice);
}

// Without a prefix: whoever runs goes on, unless it is asleep; else the first.
Thread* Free(const Ready& ready) {
  Thread* chosen = nullptr;
  for (int i = 0; i < ready.count; ++i) {
    Thread* thread = ready.threads[i];
    if ((sleepers & BitOf(*thread)) != 0) continue;
    if (thread == current) return thread;
    if (chosen == nullptr || thread->number < chosen->number) chosen = thread;
  }
  return chosen;
}

void WakeDependent(const Ready& ready, const Thread& chosen) {
  sleepers &= ~BitOf(chosen);
  for (int i = 0; i < ready.count; ++i) {
    if (Dependent(ready.threads[i]->pending, chosen.pending)) sleepers &= ~BitOf(*ready.threads[i]);
  }
}

}  // namespace

Thread* ChooseByPrefix(const Ready& ready) {
  const bool choice = ready.count > 1;
  Thread* chosen = choice ? Prescribed(ready) : nullptr;
  if (chosen == nullptr) chosen = Free(ready);
  if (chosen == nullptr) EndPruned();
  if (choice) Record(chosen, ready, false);
  WakeDependent(ready, *chosen);
  return chosen;
}

Thread* ChooseWaiter(const Ready& waiters) {
  if (waiters.count == 1) return waiters.threads[0];
  if (current_order.strategy != Strategy::kPrefix) {
    return waiters.threads[world_random.Below(static_cast<std::uint64_t>(waiters.count))];
  }
  Thread* chosen = Prescribed(waiters);
  if (chosen == nullptr) chosen = waiters.threads[0];
  Record(chosen, waiters, true);
  return chosen;
}

}  // namespace grader::schedule::runtime
