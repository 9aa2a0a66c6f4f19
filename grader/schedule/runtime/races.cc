#include "grader/schedule/runtime/races.h"

#include "grader/schedule/runtime/deadlock.h"
#include "grader/schedule/runtime/heap.h"
#include "grader/schedule/runtime/libraries.h"
#include "grader/schedule/runtime/memory_map.h"
#include "grader/schedule/runtime/report.h"
#include "grader/schedule/runtime/scheduler.h"
#include "grader/schedule/runtime/strategy.h"

namespace grader::schedule::runtime {
namespace {

// After so many accesses without a point, others have their turn: somebody may be waiting for a plain variable.
constexpr std::uint64_t kAccessesWithoutPoint = 10'000;
constexpr Nanoseconds kTimeOfThem = 1'000'000;
// To look at more bytes at once is counted as many steps.
constexpr std::size_t kLarge = 4096;
constexpr std::size_t kMostPairs = 64;

struct Pair {
  Pc a;
  Pc b;
};
Pair reported[kMostPairs];
std::size_t reported_count = 0;

bool AlreadyReported(Pc a, Pc b) {
  for (std::size_t i = 0; i < reported_count; ++i) {
    if ((reported[i].a == a && reported[i].b == b) || (reported[i].a == b && reported[i].b == a)) return true;
  }
  if (reported_count < kMostPairs) reported[reported_count++] = {a, b};
  return reported_count == kMostPairs;
}

Operation OperationOf(std::uint8_t flags) {
  if ((flags & kFrees) != 0) return Operation::kFree;
  if ((flags & kAtomic) != 0) return (flags & kWrites) != 0 ? Operation::kAtomicStore : Operation::kAtomicLoad;
  return (flags & kWrites) != 0 ? Operation::kWrite : Operation::kRead;
}

__attribute__((noinline)) void ReportRace(Address address, std::size_t size, std::uint8_t flags, const Spot& spot,
                                          const Access& earlier) {
  if (InLibrary(address)) return;
  if (AlreadyReported(spot.pc, earlier.spot.pc) || report->result.finding_count == kMostFindings) return;
  Object& object = ObjectAt(reinterpret_cast<void*>(address), ObjectKind::kMemory);
  Finding& finding = AddFinding(FindingKind::kDataRace, OperationOf(flags), spot);
  Place& here = finding.places[0];
  NameObject(here, object);
  here.size = static_cast<std::uint32_t>(size);
  here.atomic = (flags & kAtomic) != 0;
  Place& other = AddPlace(finding, Role::kOther, threads[earlier.thread], OperationOf(earlier.flags), earlier.spot);
  NameObject(other, object);
  other.size = static_cast<std::uint32_t>(__builtin_popcount(earlier.bytes));
  other.atomic = (earlier.flags & kAtomic) != 0;
  other.step = earlier.step;
}

// A later access that conflicts with `weak` also conflicts with an access of those bytes and flags, if that is ordered
// after it.
bool Covers(std::uint8_t bytes, std::uint8_t flags, const Access& weak) {
  if ((weak.bytes & ~bytes) != 0) return false;
  if ((flags & kWrites) < (weak.flags & kWrites)) return false;
  return (flags & kAtomic) == 0 || (weak.flags & kAtomic) != 0;
}

bool CoveredBy(std::uint8_t bytes, std::uint8_t flags, const Access& strong) {
  if ((bytes & ~strong.bytes) != 0) return false;
  if ((strong.flags & kWrites) < (flags & kWrites)) return false;
  return (strong.flags & kAtomic) == 0 || (flags & kAtomic) != 0;
}

bool Races(std::uint8_t flags, const Access& earlier) {
  return ((flags | earlier.flags) & kWrites) != 0 && (flags & earlier.flags & kAtomic) == 0;
}

struct Part {
  Address address;  // of the whole access
  std::size_t size;
  std::uint8_t bytes;  // of the cell
  std::uint8_t flags;
};

// Compares with earlier accesses to the cell, and records this one. Whether others have been there.
bool CheckCell(Cell& cell, const Part& part, const Spot& spot) {
  Thread& thread = *current;
  const Epoch epoch = thread.clock.at[thread.slot];
  bool shared = false;
  Access** link = &cell.accesses;
  while (Access* access = *link) {
    if ((access->bytes & part.bytes) != 0) {
      const bool own = access->thread == thread.number;
      if (own && access->epoch == epoch && CoveredBy(part.bytes, part.flags, *access)) return shared;
      const bool ordered = own || access->epoch <= thread.clock.at[access->slot];
      shared |= !own;
      if (!ordered && Races(part.flags, *access)) ReportRace(part.address, part.size, part.flags, spot, *access);
      if (ordered && Covers(part.bytes, part.flags, *access)) {
        *link = access->next;
        FreeAccess(access);
        continue;
      }
    }
    link = &access->next;
  }
  Access* access = NewAccess();
  *access = {cell.accesses, epoch,      static_cast<std::uint16_t>(thread.slot),
             part.bytes,    part.flags, spot,
             thread.number, 0,          steps};
  cell.accesses = access;
  return shared;
}

std::uint8_t BytesOf(Address address, Address end);

// The same thread has made such an access there since its last synchronisation, and nobody else any: nothing to learn.
bool SeenLately(Address address, std::size_t size, std::uint8_t flags) {
  if (address % 8 + size > 8 || Chosen(kPointsEverywhere)) return false;
  Thread& thread = *current;
  const Cell* cell = FindCell(address);
  const Access* access = cell != nullptr ? cell->accesses : nullptr;
  if (access == nullptr || access->next != nullptr || access->thread != thread.number) return false;
  if (access->epoch != thread.clock.at[thread.slot]) return false;
  if (thread.accesses_since_point > kAccessesWithoutPoint) return false;
  if (!CoveredBy(BytesOf(address, address + size), flags, *access)) return false;
  ++thread.accesses_since_point;
  return true;
}

std::uint8_t BytesOf(Address address, Address end) {
  const Address cell_end = (address / 8 + 1) * 8;
  const Address count = (end < cell_end ? end : cell_end) - address;
  return static_cast<std::uint8_t>(((1u << count) - 1) << (address % 8));
}

// Another thread has accessed it, one of the two writes, and nothing orders them: which comes first may matter. Where
// something does, it is enough that others can run at that.
bool MeetsOthers(Address address, Address end, std::uint8_t flags) {
  for (; address < end; address = (address / 8 + 1) * 8) {
    const Cell* cell = FindCell(address);
    if (cell == nullptr) continue;
    const std::uint8_t bytes = BytesOf(address, end);
    for (const Access* access = cell->accesses; access != nullptr; access = access->next) {
      if ((access->bytes & bytes) == 0 || access->thread == current->number) continue;
      if (access->epoch <= current->clock.at[access->slot]) continue;
      if (((flags | access->flags) & kWrites) != 0) return true;
    }
  }
  return false;
}

// A switch is possible before this access.
void PassPoint(Address address, std::size_t size, std::uint8_t flags, const Spot& spot) {
  if (Chosen(kPointsEverywhere) || MeetsOthers(address, address + size, flags)) {
    Object& object = ObjectAt(reinterpret_cast<void*>(address & ~Address{7}), ObjectKind::kMemory);
    Point({OperationOf(flags), &object, spot, (flags & kWrites) != 0});
  } else if (++current->accesses_since_point > kAccessesWithoutPoint) {
    steps += kAccessesWithoutPoint / 10;
    AdvanceTo(now + kTimeOfThem);
    Demote(*current);
    Point({Operation::kYield, nullptr, spot, false});
  }
}

__attribute__((noinline)) void EndBadAccess(FindingKind kind, Address address, std::size_t size, std::uint8_t flags,
                                            const Spot& spot) {
  Finding& finding = AddFinding(kind, OperationOf(flags), spot);
  NameObject(finding.places[0], ObjectAt(reinterpret_cast<void*>(address), ObjectKind::kMemory));
  finding.places[0].size = static_cast<std::uint32_t>(size);
  AddBlockPlaces(finding, address);
  EndFound();
}

}  // namespace

void CheckAllocated(Address address, std::size_t size, std::uint8_t flags, const Spot& spot) {
  static const Block* latest = nullptr;
  if (!InHeap(address) || !in_run) return;
  if (latest != nullptr && latest->state == BlockState::kLive && address >= latest->start &&
      address + size <= latest->start + latest->size) {
    return;
  }
  const Block* block = BlockAt(address);
  latest = block;
  if (block == nullptr) return EndBadAccess(FindingKind::kHeapOverflow, address, size, flags, spot);
  if (block->state == BlockState::kFreed) return EndBadAccess(FindingKind::kUseAfterFree, address, size, flags, spot);
  if (address + size > block->start + block->size || address < block->start) {
    EndBadAccess(FindingKind::kHeapOverflow, address, size, flags, spot);
  }
}

void Check(Address address, std::size_t size, std::uint8_t flags, const Spot& spot) {
  const Address end = address + size;
  bool shared = false;
  for (Address at = address; at < end; at = (at / 8 + 1) * 8) {
    shared |= CheckCell(CellAt(at), {address, size, BytesOf(at, end), flags}, spot);
  }
  if (shared && (flags & kWrites) != 0) Changed();
}

void CheckFreed(Address address, std::size_t size, const Spot& spot) {
  const Address end = address + size;
  if (MeetsOthers(address, end, kWrites)) {
    Object& object = ObjectAt(reinterpret_cast<void*>(address), ObjectKind::kMemory);
    Point({Operation::kFree, &object, spot, true});
  }
  Thread& thread = *current;
  for (Address at = address; at < end; at = (at / 8 + 1) * 8) {
    const Cell* cell = FindCell(at);
    if (cell == nullptr) continue;
    for (const Access* access = cell->accesses; access != nullptr; access = access->next) {
      if (access->thread == thread.number || access->epoch <= thread.clock.at[access->slot]) continue;
      ReportRace(at, 1, kFrees, spot, *access);
    }
  }
}

namespace {

// A step for each cell: a run that fills gigabytes ends for want of steps, instead of time or memory, and who fills
// some is not taken for one who does nothing.
void CountCells(std::size_t size) {
  const std::uint64_t cells = size / 8;
  accesses += cells;
  steps += cells;
  change_step += cells;
  if (steps > current_order.step_limit) EndOutOfSteps();
}

}  // namespace

void Visit(Address address, std::size_t size, std::uint8_t flags, Pc pc) {
  Thread& thread = *current;
  thread.latest_pc = pc;
  ++accesses;
  if (!in_run) return;
  const Spot spot = SpotOf(pc);
  if (SeenLately(address, size, flags)) return CheckAllocated(address, size, flags, spot);
  if (Concurrent()) PassPoint(address, size, flags, spot);
  CheckAllocated(address, size, flags, spot);
  if (!Concurrent()) return;
  if (size > kLarge) CountCells(size);
  Check(address, size, flags, spot);
}

}  // namespace grader::schedule::runtime
