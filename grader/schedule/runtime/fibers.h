// How threads take turns. Each student thread is a real one, so that thread-local storage, stack and pthread_self() are
// real; but its kernel thread sleeps all the time, and the one kernel thread of main() carries whoever's turn it is, by
// changing the stack pointer and fs (80 ns). Without FSGSBASE each runs on its own kernel thread and hands over by
// futex.
#pragma once

#include "grader/schedule/runtime/thread.h"

namespace grader::schedule::runtime {

// Whether this machine can do it in user space.
bool HaveFibers();

// Makes to the current thread and runs it; returns when somebody switches back.
void SwitchTo(Thread& to);

// Runs function on main()'s own stack, at its fixed address; never returns.
[[noreturn]] void RunOnMainStack(void (*function)());

// Makes the real thread and all that SwitchTo() needs; function runs at its first turn and never returns. False if the
// kernel gives no more threads.
bool StartFiber(Thread& thread, void (*function)());

// Lets the kernel thread of a thread that will never run again end.
void ReleaseFiber(Thread& thread);

}  // namespace grader::schedule::runtime
