// The program's threads, and what the scheduler knows of each.
#pragma once

#include <pthread.h>

#include "grader/schedule/runtime/base.h"
#include "grader/schedule/runtime/clock.h"

namespace grader::schedule::runtime {

struct Object;
struct Thread;

struct HeldLock {
  Object* object = nullptr;
  Spot taken;
  bool shared = false;
};

inline constexpr int kMostLocksHeld = 64;
inline constexpr int kMostKeys = 256;

// A destructor of a thread_local object.
struct LocalDestructor {
  void (*call)(void*);
  void* object;
  LocalDestructor* next;
};

// What a thread is about to do, or waits in.
struct Pending {
  Operation operation = Operation::kNone;
  Object* object = nullptr;
  Spot spot;
  bool writes = false;     // what it does may change what others see of the object
  Object* also = nullptr;  // another one that it changes: the mutex that goes with a condition
  bool gives_up = false;   // does not wait if it cannot go on
};

// A load, or something else that changes nothing, and what it saw.
struct Sight {
  Pc pc = 0;
  std::uint64_t value = 0;
};
inline constexpr unsigned kSights = 4;

struct Waiting {
  Nanoseconds deadline = 0;  // virtual; 0: none
  bool timed_out = false;
  bool notified = false;
  std::uint64_t since = 0;   // step
  Thread* target = nullptr;  // kJoin
  Pending resumes;           // what it does when it is woken
};

struct Thread {
  ThreadNumber number = 0;
  Slot slot = 0;
  std::uint64_t path = 0;  // hash of how it was created: the n-th child of the thread of that path
  std::uint32_t children = 0;
  std::uint32_t allocations = 0;
  ThreadNumber parent = kNoThread;
  ThreadState state = ThreadState::kReady;
  bool detached = false;
  bool joined = false;
  bool stuck = false;  // computes without end, and is not given its turn any more
  Spot created;
  Spot joined_at;

  Object* life = nullptr;  // begins, ends, and is waited for

  // The function it runs
  void* (*function)(void*) = nullptr;
  void* argument = nullptr;
  void* result = nullptr;

  // Where its registers are while others run; see fibers.h
  pthread_t real = 0;
  Address thread_pointer = 0;  // fs
  void* stack_pointer = nullptr;
  Address stack = 0;
  std::size_t stack_size = 0;
  int turn = 0;      // futex: it is its turn, without fibers
  int released = 0;  // futex: its kernel thread may end

  // Where the student's code is
  Context context = 0;
  std::uint32_t contexts_missed = 0;  // calls that had no room in the table of contexts
  Pc wrapper_caller = 0;              // who called the C++ function of ours it is in, if it is in one
  Pc latest_pc = 0;
  Spot thrown;  // its latest exception

  Pending pending;
  Waiting waiting;
  HeldLock held[kMostLocksHeld];
  int held_count = 0;

  // Happens-before
  Clock clock;
  Clock acquired;        // by relaxed loads; an acquire fence makes it count
  Clock released_fence;  // what a release fence makes later relaxed stores release
  bool has_fence = false;

  // What the strategies keep
  std::uint32_t priority = 0;
  bool has_priority = false;
  std::uint64_t hold_until = 0;  // step
  bool spinning = false;         // until the state changes: see Scheduler
  std::uint64_t spin_change = 0;
  Sight sights[kSights];  // what it has looked at since the last change
  unsigned next_sight = 0;
  std::uint64_t look_change = 0;
  int looks = 0;         // at one of them again
  int patience = 0;      // looks until it counts as spinning
  bool insists = false;  // on going on looking
  std::uint64_t accesses_since_point = 0;

  LocalDestructor* local_destructors = nullptr;
  void* specific[kMostKeys] = {};
  Address exit_frame = 0;     // where pthread_exit() unwinds to
  void* exit_buffer[5] = {};  // for __builtin_longjmp
};

// Whose turn it is.
extern Thread* current;

// All threads ever created, by number, and those in use by slot (null: free).
inline constexpr ThreadNumber kMostThreadsEver = 16'384;
extern Thread* threads[kMostThreadsEver];
extern ThreadNumber thread_count;
extern Thread* slots[kMostThreads];

// Threads that have not ended. Threads not joined, besides main: while there is one, memory is watched for races.
extern int alive_count;
extern int unjoined_count;

// Whether operations are scheduled and watched: within a run, and not in the runtime's own last steps.
extern bool in_run;

// Accesses ever made: whoever makes some is not stuck.
extern std::uint64_t accesses;

inline bool Concurrent() { return unjoined_count > 0; }

// Makes a thread with a slot; number 0 is main. Ends the run as unsupported if there are too many.
Thread* NewThread(const Thread* creator);

// Lets another thread have the slot.
void FreeSlot(Thread& thread);

// What the thread has done so far is older than what it does from now on.
void Tick(Thread& thread);

// Where the student's code is: the call at pc, or that of the C++ function of ours it was made in.
inline Spot SpotOf(Pc pc) { return {current->wrapper_caller != 0 ? current->wrapper_caller : pc, current->context}; }

}  // namespace grader::schedule::runtime
