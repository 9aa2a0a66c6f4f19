// Call chains, each interned once, so that a record of an access costs four bytes of stack.
#pragma once

#include "grader/schedule/runtime/base.h"

namespace grader::schedule::runtime {

// The chain that calls from chain at return address pc. When there are too many, chain itself.
Context Called(Context chain, Pc pc);

// The chain without its innermost call.
Context Caller(Context chain);

// The innermost return address of a chain; 0 for the empty one.
Pc CallSite(Context chain);

Stack StackOf(const Spot& spot);

}  // namespace grader::schedule::runtime
