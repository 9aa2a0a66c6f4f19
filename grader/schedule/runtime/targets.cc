// The strategies that aim at something the profile has shown.
//
// SURW, "selectively uniform random walk": of all orders of the events on one object each is about equally likely. At
// each of them the thread to come is drawn by how many of them it still has before it; others wait at theirs.
//
// Directed: holds threads at an object, or before nested locks, so that others meet them there.
#include "grader/schedule/runtime/profile.h"
#include "grader/schedule/runtime/random.h"
#include "grader/schedule/runtime/scheduler.h"
#include "grader/schedule/runtime/strategy.h"

namespace grader::schedule::runtime {
namespace {

Target target;
Thread* intended = nullptr;

// kDirected
bool hold_at_target = false;
bool hold_before_nested = false;
bool hold_always = false;  // before nested locks, until nobody else can run: closes cycles of any length
std::uint64_t hold_sometimes = 0;
std::uint64_t stays = 0;  // of 16 times

std::uint32_t* LeftOf(const Thread& thread) {
  for (std::uint32_t i = 0; i < target.paths; ++i) {
    if (target.path[i] == thread.path) return &target.events[i];
  }
  return nullptr;
}

std::uint64_t WeightOf(const Thread& thread) {
  const std::uint32_t* left = LeftOf(thread);
  return left != nullptr ? *left : 0;
}

bool AtTarget(const Thread& thread) {
  const Object* object = thread.pending.object;
  return object != nullptr && object->identity == target.identity;
}

// By weight, of those that are alive; null if nobody has any left.
Thread* DrawIntended() {
  std::uint64_t sum = 0;
  for (Slot slot = 0; slot < slot_count; ++slot) {
    if (slots[slot] != nullptr && slots[slot]->state != ThreadState::kEnded) sum += WeightOf(*slots[slot]);
  }
  if (sum == 0) return nullptr;
  std::uint64_t lot = strategy_random.Below(sum);
  for (Slot slot = 0; slot < slot_count; ++slot) {
    Thread* thread = slots[slot];
    if (thread == nullptr || thread->state == ThreadState::kEnded) continue;
    const std::uint64_t weight = WeightOf(*thread);
    if (lot < weight) return thread;
    lot -= weight;
  }
  return nullptr;
}

Thread* AnyOf(const Ready& ready) {
  return ready.threads[strategy_random.Below(static_cast<std::uint64_t>(ready.count))];
}

}  // namespace

// Objects that more threads meet at, and more evenly, are drawn as often as the others: which one matters nobody knows.
void PrepareTargets() {
  target = {};
  intended = nullptr;
  hold_before_nested = strategy_random.OneIn(2);
  hold_at_target = !hold_before_nested || strategy_random.OneIn(2);
  hold_always = strategy_random.OneIn(2);
  hold_sometimes = strategy_random.OneIn(4) ? 16 : 0;
  constexpr std::uint64_t kStays[] = {0, 0, 8, 15};
  stays = kStays[strategy_random.Below(4)];
  if (profile == nullptr || profile->target_count == 0) return;
  const Target* shared[kMostTargets];
  std::uint64_t count = 0;
  for (std::uint32_t i = 0; i < profile->target_count; ++i) {
    if (profile->targets[i].paths > 1) shared[count++] = &profile->targets[i];
  }
  if (count > 0) target = *shared[strategy_random.Below(count)];
}

Thread* ChooseBySurw(const Ready& ready) {
  if (target.identity == 0) return AnyOf(ready);
  if (intended == nullptr || intended->state == ThreadState::kEnded || WeightOf(*intended) == 0) {
    intended = DrawIntended();
  }
  Ready open;
  for (int i = 0; i < ready.count; ++i) {
    Thread* thread = ready.threads[i];
    if (!AtTarget(*thread) || thread == intended || intended == nullptr) open.Add(*thread);
  }
  Thread* chosen = AnyOf(open.count > 0 ? open : ready);
  if (AtTarget(*chosen)) {
    if (std::uint32_t* left = LeftOf(*chosen); left != nullptr && *left > 0) --*left;
    intended = nullptr;
  }
  return chosen;
}

// A random walk that, in some runs, switches rarely.
Thread* ChooseDirected(const Ready& ready) {
  const bool goes_on = stays > strategy_random.Below(16) && ready.Has(current);
  return goes_on ? current : AnyOf(ready);
}

// Holds a thread where it matters until others have gone far enough to meet it there.
void HoldDirected(Thread& thread) {
  if (thread.hold_until > points || !Concurrent()) return;
  const Operation operation = thread.pending.operation;
  const bool locks = operation == Operation::kLock || operation == Operation::kReadLock;
  const bool nested = hold_before_nested && locks && thread.held_count > 0;
  if (nested && hold_always) {
    thread.hold_until = kForNobodyElse - 1;
    return;
  }
  const bool at_target = hold_at_target && target.identity != 0 && AtTarget(thread);
  const bool by_chance = hold_sometimes != 0 && strategy_random.OneIn(hold_sometimes);
  if (!by_chance && !((nested || at_target) && strategy_random.OneIn(2))) return;
  thread.hold_until = points + 50 + (strategy_random.OneIn(4) ? 100'000 : strategy_random.Below(200));
}

}  // namespace grader::schedule::runtime
