// What the runtime knows about each address: accesses that may race, and objects of synchronisation.
#pragma once

#include "grader/schedule/runtime/base.h"
#include "grader/schedule/runtime/clock.h"
#include "grader/schedule/runtime/thread.h"

namespace grader::schedule::runtime {

enum AccessFlags : std::uint8_t { kReads = 0, kWrites = 1, kAtomic = 2, kFrees = 4 };

// An access to some of eight bytes that a later one may race with.
struct Access {
  Access* next;
  Epoch epoch;
  std::uint16_t slot;
  std::uint8_t bytes;  // a bit each
  std::uint8_t flags;  // AccessFlags
  Spot spot;
  ThreadNumber thread;
  std::uint32_t unused;
  std::uint64_t step;
};

// A notification that woke nobody.
struct Notification {
  ThreadNumber thread = kNoThread;
  Operation operation = Operation::kNone;
  std::uint64_t step = 0;
  Spot spot;
};

// Anything that has an address and that threads meet at.
struct Object {
  Object* next;  // of the same eight bytes
  Address address;
  ObjectNumber number;  // 0: not named yet
  ObjectKind kind;
  bool is_static;          // initialised: semaphores and barriers
  std::uint64_t identity;  // the same in other runs
  Thread* owner;           // who holds it for itself alone
  int depth;               // how often the owner has locked it
  int readers;
  int value;       // of a semaphore; threads inside a barrier
  int total;       // of a barrier
  int generation;  // of a barrier
  Object* mutex;   // of a condition, while somebody waits
  Spot taken;      // where the owner took it; the first waiter of a condition
  Notification missed;
  Clock* released;  // what who takes it learns
  Clock* released_by_readers;
  Thread* lock_bit_taker;  // see atomics.cc
  std::uint32_t profile;   // index of its target in the profile, from 1
};

// Eight bytes.
struct Cell {
  Access* accesses;
  Object* objects;
};

Cell& CellAt(Address address);

// Null if nothing has been there.
Cell* FindCell(Address address);

// The object at that address, made if need be.
Object& ObjectAt(const volatile void* address, ObjectKind kind);
Object* FindObject(const volatile void* address);

// A number for messages.
ObjectNumber NumberOf(Object& object);

// Objects that have a number, in its order.
extern Object** numbered;
extern ObjectNumber numbered_count;

// The memory is used for something else from now on.
void ForgetMemory(Address address, std::size_t size);

Access* NewAccess();
void FreeAccess(Access* access);

// What a thread did before Release is before what another one does after Acquire.
void Acquire(Thread& thread, const Object& object);
void ReleaseInto(Thread& thread, Object& object);
void ReleaseStore(Thread& thread, Object& object);  // forgets what others released

Clock& ReleasedOf(Object& object);
Clock& ReleasedByReaders(Object& object);

}  // namespace grader::schedule::runtime
