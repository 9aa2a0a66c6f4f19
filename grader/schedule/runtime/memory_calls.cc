// malloc() and its family, and the allocation functions of C++.
#include <errno.h>
#include <malloc.h>
#include <stdlib.h>

#include <new>

#include "grader/schedule/runtime/heap.h"
#include "grader/schedule/runtime/locks.h"
#include "grader/schedule/runtime/memory_map.h"
#include "grader/schedule/runtime/races.h"
#include "grader/schedule/runtime/report.h"
#include "grader/schedule/runtime/scheduler.h"

namespace grader::schedule::runtime {
namespace {

constexpr std::size_t kUsualAlignment = 16;

void* NewBlock(std::size_t size, std::size_t alignment, Pc caller) {
  Block* block = Allocate(size, alignment, SpotOf(caller));
  if (block != nullptr) return reinterpret_cast<void*>(block->start);
  errno = ENOMEM;
  return nullptr;
}

void Clean(void* at, std::size_t size) { asm volatile("rep stosb" : "+D"(at), "+c"(size) : "a"(0) : "memory"); }

void CopyBytes(void* to, const void* from, std::size_t size) {
  asm volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(size) : : "memory");
}

[[noreturn]] void EndBadFree(FindingKind kind, Address address, const Spot& spot) {
  Finding& finding = AddFinding(kind, Operation::kFree, spot);
  NameObject(finding.places[0], ObjectAt(reinterpret_cast<void*>(address), ObjectKind::kMemory));
  AddBlockPlaces(finding, address);
  EndFound();
}

void FreeBlock(void* at, Pc caller) {
  const Address address = AddressOf(at);
  const Spot spot = SpotOf(caller);
  Block* block = InHeap(address) ? BlockAt(address) : nullptr;
  if (!in_run) {
    if (block != nullptr && block->state == BlockState::kLive) Release(*block, spot);
    return;
  }
  if (block == nullptr || block->start != address) EndBadFree(FindingKind::kInvalidFree, address, spot);
  if (block->state == BlockState::kFreed) EndBadFree(FindingKind::kDoubleFree, address, spot);
  if (Concurrent()) CheckFreed(address, block->size, spot);
  if (block->state == BlockState::kFreed) EndBadFree(FindingKind::kDoubleFree, address, spot);
  CheckLocksIn(address, block->size, spot);
  Release(*block, spot);
}

void* Resize(void* old, std::size_t size, Pc caller) {
  void* moved = NewBlock(size, kUsualAlignment, caller);
  const Block* block = InHeap(AddressOf(old)) ? BlockAt(AddressOf(old)) : nullptr;
  if (moved == nullptr || block == nullptr) return moved;
  CopyBytes(moved, old, block->size < size ? block->size : size);
  FreeBlock(old, caller);
  return moved;
}

bool PowerOfTwo(std::size_t value) { return value != 0 && (value & (value - 1)) == 0; }

// Allocation of C++: throws where malloc() would say no.
void* NewObject(std::size_t size, std::size_t alignment, Pc caller) {
  void* block = NewBlock(size, alignment, caller);
  if (block == nullptr) throw std::bad_alloc();
  return block;
}

}  // namespace
}  // namespace grader::schedule::runtime

using namespace grader::schedule;
using namespace grader::schedule::runtime;

GRADE_INTERPOSE void* malloc(std::size_t size) { return NewBlock(size, kUsualAlignment, GRADE_CALLER); }

GRADE_INTERPOSE void free(void* block) {
  if (block != nullptr) FreeBlock(block, GRADE_CALLER);
}

GRADE_INTERPOSE void* calloc(std::size_t count, std::size_t size) {
  std::size_t total = 0;
  if (__builtin_mul_overflow(count, size, &total)) total = ~std::size_t{0};
  void* block = NewBlock(total, kUsualAlignment, GRADE_CALLER);
  // Fresh memory is clean, and may be large.
  if (block != nullptr && BlockAt(AddressOf(block))->freed_by != kNoThread) Clean(block, total);
  return block;
}

GRADE_INTERPOSE void* realloc(void* block, std::size_t size) {
  if (block == nullptr) return NewBlock(size, kUsualAlignment, GRADE_CALLER);
  return Resize(block, size, GRADE_CALLER);
}

GRADE_INTERPOSE void* reallocarray(void* block, std::size_t count, std::size_t size) {
  std::size_t total = 0;
  if (__builtin_mul_overflow(count, size, &total)) total = ~std::size_t{0};
  if (block == nullptr) return NewBlock(total, kUsualAlignment, GRADE_CALLER);
  return Resize(block, total, GRADE_CALLER);
}

GRADE_INTERPOSE void* aligned_alloc(std::size_t alignment, std::size_t size) {
  return NewBlock(size, alignment, GRADE_CALLER);
}

GRADE_INTERPOSE void* memalign(std::size_t alignment, std::size_t size) {
  return NewBlock(size, alignment, GRADE_CALLER);
}

GRADE_INTERPOSE void* valloc(std::size_t size) { return NewBlock(size, 4096, GRADE_CALLER); }

GRADE_INTERPOSE int posix_memalign(void** result, std::size_t alignment, std::size_t size) {
  if (!PowerOfTwo(alignment) || alignment % sizeof(void*) != 0) return EINVAL;
  void* block = NewBlock(size, alignment, GRADE_CALLER);
  if (block == nullptr) return ENOMEM;
  *result = block;
  return 0;
}

GRADE_INTERPOSE std::size_t malloc_usable_size(void* block) {
  return block == nullptr ? 0 : BlockAt(AddressOf(block))->size;
}

#define GRADE_NEW __attribute__((visibility("default"))) void* operator new
#define GRADE_DELETE __attribute__((visibility("default"))) void operator delete

GRADE_NEW(std::size_t size) { return NewObject(size, kUsualAlignment, GRADE_CALLER); }
GRADE_NEW[](std::size_t size) { return NewObject(size, kUsualAlignment, GRADE_CALLER); }
GRADE_NEW(std::size_t size, const std::nothrow_t&) noexcept { return NewBlock(size, kUsualAlignment, GRADE_CALLER); }
GRADE_NEW[](std::size_t size, const std::nothrow_t&) noexcept { return NewBlock(size, kUsualAlignment, GRADE_CALLER); }
GRADE_NEW(std::size_t size, std::align_val_t alignment) {
  return NewObject(size, static_cast<std::size_t>(alignment), GRADE_CALLER);
}
GRADE_NEW[](std::size_t size, std::align_val_t alignment) {
  return NewObject(size, static_cast<std::size_t>(alignment), GRADE_CALLER);
}
GRADE_NEW(std::size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
  return NewBlock(size, static_cast<std::size_t>(alignment), GRADE_CALLER);
}
GRADE_NEW[](std::size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
  return NewBlock(size, static_cast<std::size_t>(alignment), GRADE_CALLER);
}

#define GRADE_DELETES(...)                                \
  GRADE_DELETE(void* block __VA_ARGS__) noexcept {        \
    if (block != nullptr) FreeBlock(block, GRADE_CALLER); \
  }                                                       \
  GRADE_DELETE[](void* block __VA_ARGS__) noexcept {      \
    if (block != nullptr) FreeBlock(block, GRADE_CALLER); \
  }
#define GRADE_AND ,

GRADE_DELETES()
GRADE_DELETES(GRADE_AND std::size_t)
GRADE_DELETES(GRADE_AND const std::nothrow_t&)
GRADE_DELETES(GRADE_AND std::align_val_t)
GRADE_DELETES(GRADE_AND std::size_t GRADE_AND std::align_val_t)
GRADE_DELETES(GRADE_AND std::align_val_t GRADE_AND const std::nothrow_t&)
