#include "grader/schedule/runtime/report.h"

#include <sys/syscall.h>

#include <initializer_list>

#include "grader/schedule/runtime/contexts.h"
#include "grader/schedule/runtime/heap.h"
#include "grader/schedule/runtime/memory_map.h"
#include "grader/schedule/runtime/profile.h"
#include "grader/schedule/runtime/raw_call.h"
#include "grader/schedule/runtime/scheduler.h"
#include "grader/schedule/runtime/seal.h"

namespace grader::schedule::runtime {

Report* report = nullptr;

namespace {

struct Edge {
  Object* outer;
  Object* inner;
  ThreadNumber thread;
};

ThreadNumber prefix[kMostChoices];
Edge edges[kMostLockEdges];
std::size_t edge_count = 0;
Finding spare;  // for what has no room

void Append(char (&text)[240], std::size_t& size, const char* more) {
  while (more != nullptr && *more != 0 && size + 1 < sizeof text) text[size++] = *more++;
  text[size] = 0;
}

ThreadNumber HolderFor(const Thread& thread) {
  if (thread.state != ThreadState::kWaiting) return kNoThread;
  if (thread.waiting.target != nullptr) return thread.waiting.target->number;
  const Object* object = thread.pending.object;
  return object != nullptr && object->owner != nullptr ? object->owner->number : kNoThread;
}

// Threads have numbers of their own.
bool HasName(const Pending& pending) {
  return pending.object != nullptr && pending.object->kind != ObjectKind::kThread;
}

void Describe(ThreadInfo& info, Thread& thread) {
  info.thread = thread.number;
  info.parent = thread.parent;
  info.state = thread.state;
  info.operation = thread.pending.operation;
  info.detached = thread.detached;
  info.joined = thread.joined;
  info.timed = thread.waiting.deadline != 0;
  info.spinning = thread.spinning;
  info.function = reinterpret_cast<Pc>(thread.function);
  info.created = StackOf(thread.created);
  if (thread.state == ThreadState::kEnded) return;
  if (HasName(thread.pending)) info.object = NumberOf(*thread.pending.object);
  info.waits_for = HolderFor(thread);
  info.stack =
      StackOf(&thread == current && thread.state == ThreadState::kReady ? Spot{thread.latest_pc, thread.context}
                                                                        : thread.pending.spot);
  for (int i = 0; i < thread.held_count; ++i) {
    const HeldLock& lock = thread.held[i];
    if (info.held_count < kMostHeld)
      info.held[info.held_count] = {NumberOf(*lock.object), lock.shared, StackOf(lock.taken)};
    ++info.held_count;
  }
}

void Describe(ObjectInfo& info, Object& object) {
  info.object = object.number;
  info.kind = object.kind;
  info.address = object.address;
  if (object.owner != nullptr) info.owner = object.owner->number;
  if (InHeap(object.address)) {
    info.storage = Storage::kHeap;
    const Block* block = BlockAt(object.address);
    if (block == nullptr) return;
    info.block = block->start;
    info.block_size = block->size;
    info.freed = block->state == BlockState::kFreed;
    info.allocated = StackOf(block->allocated);
    if (info.owner == kNoThread) info.owner = block->thread;
  } else if (object.address >= kStackBase && object.address < kStackBase + kStackStride * kMostThreadsEver) {
    info.storage = Storage::kStack;
    if (info.owner == kNoThread) info.owner = static_cast<ThreadNumber>((object.address - kStackBase) / kStackStride);
  } else {
    info.storage = object.address < (1u << 31) ? Storage::kGlobal : Storage::kOther;
  }
}

// Threads that wait, over others, for themselves.
void MarkCycles(Result& result) {
  for (std::uint32_t i = 0; i < result.thread_count; ++i) {
    const Thread* at = threads[report->threads[i].thread];
    ThreadNumber next = HolderFor(*at);
    for (int hops = 0; next != kNoThread && hops < 256; ++hops) {
      if (next == at->number) {
        report->threads[i].in_cycle = 1;
        break;
      }
      next = HolderFor(*threads[next]);
    }
  }
}

// Those that have not ended first, as far as there is room.
void DescribeThreads(Result& result) {
  for (const bool ended : {false, true}) {
    for (ThreadNumber i = 0; i < thread_count && result.thread_count < kMostThreadInfos; ++i) {
      if ((threads[i]->state == ThreadState::kEnded) != ended) continue;
      ThreadInfo& info = report->threads[result.thread_count++];
      info = {};
      Describe(info, *threads[i]);
    }
  }
  MarkCycles(result);
}

}  // namespace

const ThreadNumber* OrderPrefix() { return prefix; }
ThreadNumber* PrefixRoom() { return prefix; }

Place& AddPlace(Finding& finding, Role role, const Thread* thread, Operation operation, const Spot& spot) {
  if (finding.place_count == kMostPlaces) return spare.places[0];
  Place& place = finding.places[finding.place_count++];
  place = {};
  place.role = role;
  place.operation = operation;
  place.step = steps;
  place.stack = StackOf(spot);
  if (thread == nullptr) return place;
  place.thread = thread->number;
  if (role != Role::kHere) return place;
  for (int i = 0; i < thread->held_count; ++i) {
    if (place.held_count < kMostHeld) place.held[place.held_count] = NumberOf(*thread->held[i].object);
    ++place.held_count;
  }
  return place;
}

Finding& AddFinding(FindingKind kind, Operation operation, const Spot& spot) {
  Finding* finding = &spare;
  if (report != nullptr) {
    // What ends a run is the last one, whatever it replaces.
    const bool full = report->result.finding_count == kMostFindings;
    finding = &report->findings[full ? kMostFindings - 1 : report->result.finding_count++];
  }
  SealFinding();
  *finding = {};
  finding->kind = kind;
  AddPlace(*finding, Role::kHere, current, operation, spot);
  return *finding;
}

void SetText(Finding& finding, const char* text, const char* more) {
  std::size_t size = 0;
  Append(finding.text, size, text);
  if (more != nullptr) Append(finding.text, size, ": ");
  Append(finding.text, size, more);
}

void NameObject(Place& place, Object& object) {
  place.object = NumberOf(object);
  place.address = object.address;
}

void AddBlockPlaces(Finding& finding, Address address) {
  const Block* block = InHeap(address) ? BlockAt(address) : nullptr;
  if (block == nullptr) return;
  Place& allocated =
      AddPlace(finding, Role::kAllocated, threads[block->thread], Operation::kAllocate, block->allocated);
  allocated.address = block->start;
  allocated.size = static_cast<std::uint32_t>(block->size);
  if (block->state != BlockState::kFreed) return;
  AddPlace(finding, Role::kFreed, threads[block->freed_by], Operation::kFree, block->freed).address = block->start;
}

void NoteLockEdge(Object& outer, Object& inner) {
  for (std::size_t i = 0; i < edge_count; ++i) {
    if (edges[i].outer == &outer && edges[i].inner == &inner) return;
  }
  if (edge_count < kMostLockEdges) edges[edge_count++] = {&outer, &inner, current->number};
}

void RecordStep(const Pending& pending, std::uint8_t blocked) {
  if (!Chosen(kRecordSteps) || report->result.step_count == kMostSteps) return;
  Step& step = report->steps[report->result.step_count++];
  step = {};
  step.thread = current->number;
  step.operation = pending.operation;
  step.blocked = blocked;
  step.held_count = static_cast<std::uint8_t>(current->held_count);
  if (HasName(pending)) step.object = NumberOf(*pending.object);
  for (int i = 0; i < current->held_count && i < 4; ++i) step.held[i] = NumberOf(*current->held[i].object);
  step.pc = pending.spot.pc;
  step.caller = CallSite(pending.spot.context);
}

void RecordChoice(const Choice& choice) {
  if (!Chosen(kRecordChoices) || report->result.choice_count == kMostChoices) return;
  report->choices[report->result.choice_count++] = choice;
}

void NoteFault(const char* message) {
  if (report == nullptr) return;
  report->result.ending = Ending::kFault;
  report->ended = true;
  std::size_t size = 0;
  for (; message[size] != 0 && size + 1 < sizeof report->result.fault; ++size)
    report->result.fault[size] = message[size];
  report->result.fault[size] = 0;
}

void Complete(Ending ending, int status) {
  in_run = false;
  if (report == nullptr || report->ended) return;
  report->ended = true;
  Result& result = report->result;
  result.ending = ending;
  result.status = status;
  result.hash = schedule_hash;
  result.steps = steps;
  result.points = points;
  result.branches = branches;
  result.switches = switches;
  result.virtual_time = now - kEpoch;
  result.threads = static_cast<std::uint32_t>(thread_count);
  for (ThreadNumber i = 1; i < thread_count; ++i) result.left_behind += threads[i]->state != ThreadState::kEnded;
  DescribeThreads(result);
  for (std::size_t i = 0; i < edge_count; ++i) {
    report->edges[result.edge_count++] = {NumberOf(*edges[i].outer), NumberOf(*edges[i].inner), edges[i].thread, 0};
  }
  for (ObjectNumber i = 1; i <= numbered_count && result.object_count < kMostObjects; ++i) {
    ObjectInfo& info = report->objects[result.object_count++];
    info = {};
    Describe(info, *numbered[i]);
  }
  if (profiling) {
    profile->length = points;
    profile->made = true;
  }
  SealReport();
}

void EndRun(Ending ending, int status) {
  Complete(ending, status);
  RawCall(SYS_exit_group, 0);
  __builtin_unreachable();
}

void EndFound() { EndRun(Ending::kFound, 0); }

void EndUnsupported(const char* call, const Spot& spot) {
  if (report == nullptr) Fault(call);
  SetText(AddFinding(FindingKind::kUnsupported, Operation::kNone, spot), call);
  EndRun(Ending::kUnsupported, 0);
}

void EndUnsupported(const char* call, Pc caller) { EndUnsupported(call, SpotOf(caller)); }

void EndPruned() { EndRun(Ending::kPruned, 0); }

}  // namespace grader::schedule::runtime
