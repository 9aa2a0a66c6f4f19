// Happens-before through atomics: release stores, release sequences, fences [intro.races], [atomics.fences].
#pragma once

#include "grader/schedule/runtime/base.h"
#include "grader/schedule/runtime/shadow.h"

namespace grader::schedule::runtime {

// Before the operation: lets others run and checks for races with plain accesses. The atomic's object; null when nobody
// else is there to notice.
Object* BeginAtomic(const volatile void* at, std::size_t size, Operation operation, Pc pc);

// What was loaded, with that memory order, is known from now on.
void AcquireBy(Object& atomic, int order);

// A store, or an update, which continues release sequences.
void ReleaseByStore(Object& atomic, int order);
void ReleaseByUpdate(Object& atomic, int order);

void Fence(int order);

}  // namespace grader::schedule::runtime
