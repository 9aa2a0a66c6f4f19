// Who goes on, and when. Every operation that threads can notice of each other passes through Point() or Wait().
#pragma once

#include "grader/schedule/runtime/base.h"
#include "grader/schedule/runtime/shadow.h"
#include "grader/schedule/runtime/thread.h"

namespace grader::schedule::runtime {

// The order of this run.
extern Order current_order;

inline bool Chosen(Option option) { return (current_order.options & option) != 0; }

// Counters of this run.
extern std::uint64_t steps;     // operations and watched accesses
extern std::uint64_t points;    // moments at which somebody was chosen
extern std::uint64_t branches;  // of those, with more than one to choose from
extern std::uint64_t switches;
extern std::uint64_t schedule_hash;

// How often something changed that threads may be waiting for by looking again and again.
extern std::uint64_t changes;
extern std::uint64_t change_step;  // when
inline void Changed() {
  ++changes;
  change_step = steps;
}

// Of the changes, those that only gave back what was taken: whoever polls under a lock makes them for ever.
extern std::uint64_t returns;

// Begins the schedule that order describes; threads[0] runs.
void BeginSchedule();

// The current thread is about to do this; the strategy chooses who goes on. Returns when it is this thread.
void Point(const Pending& pending);
void Point(Operation operation, Object* object, Pc pc, bool writes = true);

// The current thread waits in pending until Wake() or until the deadline (virtual time, 0: none) has passed; false
// then.
// What it does when it goes on is the same again, or resumes.
bool Wait(const Pending& pending, Nanoseconds deadline = 0);
bool Wait(const Pending& pending, const Pending& resumes, Nanoseconds deadline);

void Wake(Thread& thread);

// Wakes all that wait for the object, and says how many there were.
int WakeAll(const Object& object);

// The same after a lock has been given back.
void WakeForReturn(const Object& lock);

// Wakes one that waits in that operation for the object, drawn by lot; null if there is none.
Thread* WakeOne(Operation operation, const Object& object);

// The current thread has ended; never returns to it.
[[noreturn]] void LeaveForever();

// The current thread cannot go on until somebody changes something; it looks again only then, or when nobody else can
// run. Point() comes next.
void Spin();

// The current thread has loaded value at pc, or yielded there. Doing the same again and again is spinning.
void Look(Pc pc, std::uint64_t value);

// Virtual time, in nanoseconds; it begins at kEpoch, and passes mainly when nobody can run.
inline constexpr Nanoseconds kEpoch = 1'700'000'000ull * 1'000'000'000ull;
extern Nanoseconds now;

// Somebody looks at the clock, which moves on a little.
Nanoseconds LookAtClock(Pc pc);

// Moves the clock to at least that time; whose deadline has passed is ready again.
void AdvanceTo(Nanoseconds time);

}  // namespace grader::schedule::runtime
