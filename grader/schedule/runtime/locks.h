// Mutual exclusion, whatever the interface: mutexes, shared mutexes, spin locks and the locks of streams are all
// Objects with an owner or readers.
#pragma once

#include "grader/schedule/runtime/base.h"
#include "grader/schedule/runtime/shadow.h"

namespace grader::schedule::runtime {

// Takes the lock for the current thread alone. 0, or EBUSY or ETIMEDOUT. deadline 0: waits for ever.
int TakeLock(Object& lock, Nanoseconds deadline, Pc caller);
int TryLock(Object& lock, Pc caller);

// Gives it back. Ends the run if the current thread does not hold it.
void GiveBack(Object& lock, Pc caller);

// The same without a point: for waiting on a condition. Retaking waits.
void GiveBackToWait(Object& lock, const Spot& spot);
void Retake(Object& lock, int depth, const Spot& spot);

int TakeShared(Object& lock, Nanoseconds deadline, Pc caller);
int TryShared(Object& lock, Pc caller);
void GiveBackShared(Object& lock, Pc caller);
bool HoldsShared(const Object& lock);

// Ends the run if somebody holds it or waits for it.
void CheckDestroyed(Object& object, const Spot& spot);

// Of a block that is freed: each lock in it.
void CheckLocksIn(Address start, std::size_t size, const Spot& spot);

}  // namespace grader::schedule::runtime
