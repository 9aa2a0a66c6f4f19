// What the run tells the grader. It lies in memory that the server made before it forked the run, so that it survives
// whatever happens to the run.
#pragma once

#include "grader/schedule/runtime/base.h"
#include "grader/schedule/runtime/shadow.h"
#include "grader/schedule/runtime/thread.h"

namespace grader::schedule::runtime {

struct Report {
  Result result;
  bool ended = false;  // by the runtime, or in good order; else the process died
  Finding findings[kMostFindings];
  ThreadInfo threads[kMostThreadInfos];
  ObjectInfo objects[kMostObjects];
  LockEdge edges[kMostLockEdges];
  Choice choices[kMostChoices];
  Step steps[kMostSteps];
};

// Null before the server has begun.
extern Report* report;

// The order's prefix.
const ThreadNumber* OrderPrefix();
ThreadNumber* PrefixRoom();

// A place that is not in a finding any more when there are too many.
Place& AddPlace(Finding& finding, Role role, const Thread* thread, Operation operation, const Spot& spot);

// A new finding with a first place kHere: the current thread, at the spot.
Finding& AddFinding(FindingKind kind, Operation operation, const Spot& spot);

void SetText(Finding& finding, const char* text, const char* more = nullptr);
void NameObject(Place& place, Object& object);

// What the block at that address is: its allocation, and where it was freed.
void AddBlockPlaces(Finding& finding, Address address);

void NoteLockEdge(Object& outer, Object& inner);
void RecordStep(const Pending& pending, std::uint8_t blocked);
void RecordChoice(const Choice& choice);
void NoteFault(const char* message);

// Ends the process: with the reason told, or because of what has been found.
[[noreturn]] void EndRun(Ending ending, int status);
[[noreturn]] void EndFound();
[[noreturn]] void EndUnsupported(const char* call, const Spot& spot);
[[noreturn]] void EndUnsupported(const char* call, Pc caller);
[[noreturn]] void EndPruned();

// The process is about to end by itself, or was hit by a signal: completes the report.
void Complete(Ending ending, int status);

}  // namespace grader::schedule::runtime
