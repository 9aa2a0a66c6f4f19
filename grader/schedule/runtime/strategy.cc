#include "grader/schedule/runtime/strategy.h"

#include "grader/schedule/runtime/profile.h"
#include "grader/schedule/runtime/random.h"
#include "grader/schedule/runtime/scheduler.h"

namespace grader::schedule::runtime {
namespace {

constexpr std::uint32_t kMostDepth = 64;
constexpr std::uint32_t kHighest = 1u << 30;  // priorities that threads begin with are from kLowest to kHighest
constexpr std::uint32_t kLowest = 1u << 21;
constexpr std::uint32_t kDemoted = 1u << 20;  // and downwards
constexpr std::uint64_t kFairTurn = 4;

// The points at which PCT lowers a priority, or the delay-bounded strategy passes somebody over.
std::uint64_t change_points[kMostDepth];
std::uint32_t change_count = 0;
std::uint32_t next_demoted = kDemoted;

// Strict priorities starve whoever a spinning thread waits for; after that many points the rest is a random walk.
std::uint64_t patience = 0;

Thread* Any(const Ready& ready) {
  return ready.threads[strategy_random.Below(static_cast<std::uint64_t>(ready.count))];
}

Thread* Highest(const Ready& ready) {
  Thread* best = ready.threads[0];
  for (int i = 1; i < ready.count; ++i) {
    if (ready.threads[i]->priority > best->priority) best = ready.threads[i];
  }
  return best;
}

bool AtChangePoint() {
  for (std::uint32_t i = 0; i < change_count; ++i) {
    if (change_points[i] == points) return true;
  }
  return false;
}

// The next one by number after the current thread.
Thread* NextInTurn(const Ready& ready) {
  Thread* next = nullptr;
  Thread* first = ready.threads[0];
  for (int i = 0; i < ready.count; ++i) {
    Thread* thread = ready.threads[i];
    if (thread->number < first->number) first = thread;
    if (thread->number > current->number && (next == nullptr || thread->number < next->number)) next = thread;
  }
  return next != nullptr ? next : first;
}

Thread* ChooseFair(const Ready& ready) {
  const bool stays = ready.Has(current) && current->pending.operation != Operation::kYield;
  return stays && !strategy_random.OneIn(kFairTurn) ? current : NextInTurn(ready);
}

Thread* ChooseByPct(const Ready& ready) {
  Thread* best = Highest(ready);
  if (!AtChangePoint()) return best;
  best->priority = kLowest - kMostDepth + static_cast<std::uint32_t>(strategy_random.Below(kMostDepth));
  return Highest(ready);
}

Thread* ChooseByPos(const Ready& ready) {
  for (int i = 0; i < ready.count; ++i) {
    Thread& thread = *ready.threads[i];
    if (thread.has_priority) continue;
    thread.priority = static_cast<std::uint32_t>(strategy_random.Next());
    thread.has_priority = true;
  }
  Thread* best = Highest(ready);
  best->has_priority = false;
  for (int i = 0; i < ready.count; ++i) {
    Thread* thread = ready.threads[i];
    if (thread != best && Conflict(thread->pending, best->pending)) thread->has_priority = false;
  }
  return best;
}

Thread* ChooseDelayed(const Ready& ready) {
  const bool stays = ready.Has(current) && current->pending.operation != Operation::kYield && !AtChangePoint();
  return stays ? current : NextInTurn(ready);
}

}  // namespace

bool Ready::Has(const Thread* thread) const {
  for (int i = 0; i < count; ++i) {
    if (threads[i] == thread) return true;
  }
  return false;
}

bool NeedsProfile(Strategy strategy) {
  return strategy == Strategy::kPct || strategy == Strategy::kSurw || strategy == Strategy::kDirected ||
         strategy == Strategy::kDelayBounded;
}

void PrepareStrategy() {
  // An order alone fixes a schedule: who needs no profile must not see whether there is one.
  const std::uint64_t length = NeedsProfile(current_order.strategy) ? ProfiledLength() : 1000;
  patience = 50 * length + 100'000;
  change_count = 0;
  // Few changes find simple bugs more often than many do.
  if (current_order.strategy == Strategy::kPct) {
    change_count = static_cast<std::uint32_t>(strategy_random.Below(current_order.depth));
  }
  if (current_order.strategy == Strategy::kDelayBounded) change_count = current_order.depth;
  if (change_count > kMostDepth) change_count = kMostDepth;
  for (std::uint32_t i = 0; i < change_count; ++i) change_points[i] = 1 + strategy_random.Below(length);
  if (current_order.strategy == Strategy::kSurw || current_order.strategy == Strategy::kDirected) PrepareTargets();
}

void PrepareThread(Thread& thread) {
  if (current_order.strategy == Strategy::kPct) {
    thread.priority = kLowest + static_cast<std::uint32_t>(strategy_random.Below(kHighest - kLowest));
  }
  if (Chosen(kHoldNewThreads) && current_order.strategy != Strategy::kPrefix && thread.number != 0)
    thread.hold_until = kForNobodyElse;
}

void Announce(Thread& thread) {
  if (current_order.strategy != Strategy::kPct) thread.has_priority = false;
  if (current_order.strategy == Strategy::kDirected) HoldDirected(thread);
}

void Demote(Thread& thread) {
  if (current_order.strategy == Strategy::kPct && next_demoted > 1) thread.priority = --next_demoted;
}

Thread* Choose(const Ready& ready) {
  if (current_order.strategy == Strategy::kPrefix) return ChooseByPrefix(ready);
  if (points > patience) return Any(ready);
  if (current->insists && ready.Has(current)) return current;
  switch (current_order.strategy) {
    case Strategy::kFair:
      return ChooseFair(ready);
    case Strategy::kPct:
      return ChooseByPct(ready);
    case Strategy::kPos:
      return ChooseByPos(ready);
    case Strategy::kSurw:
      return ChooseBySurw(ready);
    case Strategy::kDelayBounded:
      return ChooseDelayed(ready);
    case Strategy::kDirected:
      return ChooseDirected(ready);
    case Strategy::kRandomWalk:
    case Strategy::kPrefix:
      break;
  }
  return Any(ready);
}

bool Conflict(const Pending& a, const Pending& b) {
  if (a.also != nullptr && (a.also == b.object || a.also == b.also)) return true;
  if (b.also != nullptr && b.also == a.object) return true;
  return a.object == b.object && a.object != nullptr && (a.writes || b.writes);
}

}  // namespace grader::schedule::runtime
