#include "grader/schedule/runtime/thread.h"

#include <new>

#include "grader/schedule/runtime/memory_map.h"
#include "grader/schedule/runtime/report.h"

namespace grader::schedule::runtime {
namespace {

Thread main_thread;
Epoch slot_epochs[kMostThreads];

// A free slot, all of whose earlier thread is known to the creator; else accesses of that thread would seem to be
// before those of the new one.
Slot TakeSlot(const Thread* creator) {
  for (Slot slot = 0; slot < slot_count; ++slot) {
    if (slots[slot] == nullptr && creator->clock.at[slot] >= slot_epochs[slot]) return slot;
  }
  if (slot_count == kMostThreads) {
    for (Slot slot = 0; slot < slot_count; ++slot) {
      if (slots[slot] == nullptr) return slot;
    }
    EndUnsupported("more than 256 threads at once", creator->pending.spot);
  }
  return slot_count++;
}

}  // namespace

Slot slot_count = 1;
Thread* current = &main_thread;
Thread* threads[kMostThreadsEver] = {&main_thread};
ThreadNumber thread_count = 1;
Thread* slots[kMostThreads] = {&main_thread};
int alive_count = 1;
int unjoined_count = 0;
bool in_run = false;
std::uint64_t accesses = 0;

Thread* NewThread(const Thread* creator) {
  if (thread_count == kMostThreadsEver) EndUnsupported("more than 16,384 threads", creator->pending.spot);
  Thread* thread = new (OwnMemory(sizeof(Thread))) Thread;
  thread->number = thread_count;
  threads[thread_count++] = thread;
  thread->slot = TakeSlot(creator);
  slots[thread->slot] = thread;
  Copy(thread->clock, creator->clock);
  thread->clock.at[thread->slot] = slot_epochs[thread->slot] + 1;
  slot_epochs[thread->slot] = thread->clock.at[thread->slot];
  ++alive_count;
  return thread;
}

void FreeSlot(Thread& thread) { slots[thread.slot] = nullptr; }

void Tick(Thread& thread) { slot_epochs[thread.slot] = ++thread.clock.at[thread.slot]; }

}  // namespace grader::schedule::runtime
