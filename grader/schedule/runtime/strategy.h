// Who goes on, of those who can: one function per strategy. See "strategies" in scheduler-facts of the docs: no single
// one finds every bug, so the grader mixes them.
#pragma once

#include "grader/schedule/runtime/base.h"
#include "grader/schedule/runtime/thread.h"

namespace grader::schedule::runtime {

// Threads that can go on, by slot; at least one.
struct Ready {
  Thread* threads[kMostThreads];
  int count = 0;

  void Add(Thread& thread) { threads[count++] = &thread; }
  bool Has(const Thread* thread) const;
};

// Whether it chooses by what a first run has shown.
bool NeedsProfile(Strategy strategy);

// Draws what the strategy of the order keeps for a whole run.
void PrepareStrategy();

// For Thread::hold_until: until nobody else can run.
inline constexpr std::uint64_t kForNobodyElse = ~0ull;

// The strategy's part of a new thread.
void PrepareThread(Thread& thread);

// The current thread has announced what it does next.
void Announce(Thread& thread);

// The current thread spins or yields: those of strict priorities put it last.
void Demote(Thread& thread);

Thread* Choose(const Ready& ready);

// Two operations whose order matters.
bool Conflict(const Pending& a, const Pending& b);

// kPrefix: follows and records choices.
Thread* ChooseByPrefix(const Ready& ready);
Thread* ChooseWaiter(const Ready& waiters);

// kSurw and kDirected.
void PrepareTargets();
Thread* ChooseBySurw(const Ready& ready);
Thread* ChooseDirected(const Ready& ready);
void HoldDirected(Thread& thread);

}  // namespace grader::schedule::runtime
