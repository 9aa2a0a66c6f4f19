#include "grader/schedule/runtime/shadow.h"

#include "grader/schedule/runtime/heap.h"
#include "grader/schedule/runtime/memory_map.h"
#include "grader/schedule/runtime/raw_call.h"

namespace grader::schedule::runtime {
namespace {

constexpr std::size_t kPageSize = 4096;
constexpr std::size_t kCells = kPageSize / 8;

struct Page {
  Address number;
  Page* next;  // of the same bucket
  bool has_objects;
  Cell cells[kCells];
};

Page* buckets[1 << 12];
Page* recent[64];
Access* free_accesses = nullptr;
Object* free_objects = nullptr;

Page* FindPage(Address address) {
  const Address number = address / kPageSize;
  Page*& cached = recent[number % 64];
  if (cached != nullptr && cached->number == number) return cached;
  Page* page = buckets[(number * 0x9e3779b97f4a7c15ull) >> 52];
  while (page != nullptr && page->number != number) page = page->next;
  if (page != nullptr) cached = page;
  return page;
}

Page& PageAt(Address address) {
  if (Page* page = FindPage(address); page != nullptr) return *page;
  Page* page = New<Page>();
  page->number = address / kPageSize;
  Page*& bucket = buckets[(page->number * 0x9e3779b97f4a7c15ull) >> 52];
  page->next = bucket;
  bucket = page;
  recent[page->number % 64] = page;
  return *page;
}

// Where the object lies, in words that hold in other runs too.
std::uint64_t IdentityOf(Address address) {
  if (InHeap(address)) {
    const Block* block = BlockAt(address);
    if (block == nullptr) return address;
    std::uint64_t identity = block->identity;
    Mix(identity, address - block->start);
    return identity;
  }
  if (address < kHeapBase) return address;
  const Address stacks = address - kStackBase;
  // Shared libraries lie elsewhere each time, but at the beginning of a page.
  if (address < kStackBase || stacks / kStackStride >= static_cast<Address>(thread_count)) return address % kPageSize;
  std::uint64_t identity = threads[stacks / kStackStride]->path;
  Mix(identity, stacks % kStackStride);
  return identity;
}

void Recycle(Object* object) {
  if (object->number != 0) return;  // messages may name it still
  Clock* const released = object->released;
  Clock* const released_by_readers = object->released_by_readers;
  if (released != nullptr) Clear(*released);
  if (released_by_readers != nullptr) Clear(*released_by_readers);
  *object = {};
  object->released = released;
  object->released_by_readers = released_by_readers;
  object->next = free_objects;
  free_objects = object;
}

void ForgetCell(Cell& cell) {
  while (Access* access = cell.accesses) {
    cell.accesses = access->next;
    FreeAccess(access);
  }
  while (Object* object = cell.objects) {
    cell.objects = object->next;
    Recycle(object);
  }
}

}  // namespace

Object** numbered = nullptr;
ObjectNumber numbered_count = 0;

Cell& CellAt(Address address) { return PageAt(address).cells[address / 8 % kCells]; }

Cell* FindCell(Address address) {
  Page* page = FindPage(address);
  return page == nullptr ? nullptr : &page->cells[address / 8 % kCells];
}

Object* FindObject(const volatile void* at) {
  const Address address = AddressOf(at);
  Cell* cell = FindCell(address);
  if (cell == nullptr) return nullptr;
  Object* object = cell->objects;
  while (object != nullptr && object->address != address) object = object->next;
  return object;
}

Object& ObjectAt(const volatile void* at, ObjectKind kind) {
  if (Object* found = FindObject(at); found != nullptr) {
    if (found->kind == ObjectKind::kMemory) found->kind = kind;
    return *found;
  }
  Page& page = PageAt(AddressOf(at));
  page.has_objects = true;
  Cell& cell = page.cells[AddressOf(at) / 8 % kCells];
  Object* object = free_objects;
  if (object != nullptr) {
    free_objects = object->next;
  } else {
    object = New<Object>();
    *object = {};
  }
  object->address = AddressOf(at);
  object->kind = kind;
  object->identity = IdentityOf(object->address);
  object->next = cell.objects;
  cell.objects = object;
  return *object;
}

ObjectNumber NumberOf(Object& object) {
  constexpr std::size_t kMost = 1 << 20;
  if (object.number != 0) return object.number;
  if (numbered == nullptr) numbered = New<Object*>(kMost + 1);
  if (numbered_count == kMost) return kMost;
  object.number = ++numbered_count;
  numbered[object.number] = &object;
  return object.number;
}

void ForgetMemory(Address address, std::size_t size) {
  const Address end = address + size;
  while (address < end) {
    Address page_end = (address / kPageSize + 1) * kPageSize;
    if (page_end > end) page_end = end;
    if (Page* page = FindPage(address); page != nullptr) {
      for (; address < page_end; address = (address / 8 + 1) * 8) ForgetCell(page->cells[address / 8 % kCells]);
    }
    address = page_end;
  }
}

Access* NewAccess() {
  Access* access = free_accesses;
  if (access == nullptr) return New<Access>();
  free_accesses = access->next;
  return access;
}

void FreeAccess(Access* access) {
  access->next = free_accesses;
  free_accesses = access;
}

Clock& ReleasedOf(Object& object) {
  if (object.released == nullptr) object.released = New<Clock>();
  return *object.released;
}

Clock& ReleasedByReaders(Object& object) {
  if (object.released_by_readers == nullptr) object.released_by_readers = New<Clock>();
  return *object.released_by_readers;
}

void Acquire(Thread& thread, const Object& object) {
  if (object.released != nullptr) Join(thread.clock, *object.released);
}

void ReleaseInto(Thread& thread, Object& object) {
  Join(ReleasedOf(object), thread.clock);
  Tick(thread);
}

void ReleaseStore(Thread& thread, Object& object) {
  Copy(ReleasedOf(object), thread.clock);
  Tick(thread);
}

}  // namespace grader::schedule::runtime
