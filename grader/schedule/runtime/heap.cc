#include "grader/schedule/runtime/heap.h"

#include "grader/schedule/runtime/memory_map.h"
#include "grader/schedule/runtime/shadow.h"
#include "grader/schedule/runtime/thread.h"

namespace grader::schedule::runtime {
namespace {

constexpr std::size_t kSpanSize = 64 * 1024;
constexpr std::size_t kSpans = kHeapSize / kSpanSize;
constexpr std::size_t kSmall = 1024;  // up to here, classes are 16 bytes apart; then powers of two
constexpr std::size_t kLargestClass = kSpanSize / 2;
constexpr std::size_t kClasses = kSmall / 16 + 5;
constexpr std::size_t kGuard = 8;  // bytes behind each block that belong to nobody
constexpr std::size_t kQuarantine = std::size_t{64} << 20;

// Blocks of one size in one span or, if large, one block in several.
struct Span {
  Address start;
  std::size_t block_size;
  std::uint64_t inverse;  // 2^32 / block_size, rounded up: offset * inverse >> 32 is the block's index
  Block* blocks;
};

struct Class {
  Span* span;  // the newest
  std::size_t used;
  Block* free_blocks;  // linked by next_freed
};

Span* spans[kSpans];
std::size_t span_count = 0;
Class classes[kClasses + 1];

// Freed blocks, oldest first.
Block* oldest = nullptr;
Block* newest = nullptr;
std::size_t quarantined = 0;

Class& ClassOf(std::size_t room, std::size_t& class_size) {
  if (room <= kSmall) {
    class_size = (room + 15) & ~std::size_t{15};
    return classes[class_size / 16];
  }
  std::size_t index = kSmall / 16 + 1;
  for (class_size = 2 * kSmall; class_size < room; class_size *= 2) ++index;
  return classes[index];
}

Span* NewSpan(std::size_t spans_needed, std::size_t block_size, std::size_t alignment) {
  if (span_count == 0) MapAt(kHeapBase, kHeapSize);
  const std::size_t step = alignment > kSpanSize ? alignment / kSpanSize : 1;
  span_count = (span_count + step - 1) / step * step;
  if (spans_needed > kSpans - span_count) return nullptr;
  Span* span = New<Span>();
  span->start = kHeapBase + span_count * kSpanSize;
  span->block_size = block_size;
  span->inverse = block_size > kLargestClass ? 0 : ((1ull << 32) + block_size - 1) / block_size;
  span->blocks = New<Block>(kSpanSize / block_size + (block_size > kSpanSize));
  for (std::size_t i = 0; i < spans_needed; ++i) spans[span_count + i] = span;
  span_count += spans_needed;
  return span;
}

Block* LargeBlock(std::size_t room, std::size_t alignment) {
  if (room > kHeapSize) return nullptr;
  const std::size_t needed = (room + kSpanSize - 1) / kSpanSize;
  Span* span = NewSpan(needed, needed * kSpanSize, alignment);
  if (span == nullptr) return nullptr;
  span->blocks[0].start = span->start;
  return &span->blocks[0];
}

Block* SmallBlock(std::size_t room) {
  std::size_t class_size = 0;
  Class& of = ClassOf(room, class_size);
  if (Block* block = of.free_blocks; block != nullptr) {
    of.free_blocks = block->next_freed;
    return block;
  }
  if (of.span == nullptr || of.used == kSpanSize / class_size) {
    of.span = NewSpan(1, class_size, 1);
    of.used = 0;
    if (of.span == nullptr) return nullptr;
  }
  Block& block = of.span->blocks[of.used];
  block.start = of.span->start + of.used++ * class_size;
  return &block;
}

// Gives the room of the oldest freed blocks back to their classes until the quarantine is small enough.
void Recycle() {
  while (quarantined > kQuarantine && oldest != nullptr) {
    Block* block = oldest;
    oldest = block->next_freed;
    if (oldest == nullptr) newest = nullptr;
    quarantined -= block->size;
    ForgetMemory(block->start, block->size + kGuard);
    if (block->size + kGuard > kLargestClass) continue;  // never used again: address space is plenty
    const Span* span = spans[(block->start - kHeapBase) / kSpanSize];
    std::size_t class_size = 0;
    Class& of = ClassOf(span->block_size, class_size);
    block->next_freed = of.free_blocks;
    of.free_blocks = block;
  }
}

}  // namespace

Block* Allocate(std::size_t size, std::size_t alignment, const Spot& spot) {
  if (size > kHeapSize) return nullptr;
  std::size_t room = size + kGuard;
  // A block is aligned as its class's size is, because spans are aligned to more.
  if (alignment > 16) room = (room + alignment - 1) / alignment * alignment;
  Block* block = room > kLargestClass ? LargeBlock(room, alignment) : SmallBlock(room);
  if (block == nullptr) return nullptr;
  Thread& thread = *current;
  block->size = size;
  block->state = BlockState::kLive;
  block->thread = thread.number;
  block->allocated = spot;
  block->identity = thread.path;
  Mix(block->identity, ++thread.allocations);
  return block;
}

Block* BlockAt(Address address) {
  const Span* span = spans[(address - kHeapBase) / kSpanSize];
  if (span == nullptr) return nullptr;
  Block* block = &span->blocks[((address - span->start) * span->inverse) >> 32];
  return block->state == BlockState::kNever ? nullptr : block;
}

void Release(Block& block, const Spot& spot) {
  block.state = BlockState::kFreed;
  block.freed_by = current->number;
  block.freed = spot;
  block.next_freed = nullptr;
  (newest == nullptr ? oldest : newest->next_freed) = &block;
  newest = &block;
  quarantined += block.size;
  Recycle();
}

}  // namespace grader::schedule::runtime
