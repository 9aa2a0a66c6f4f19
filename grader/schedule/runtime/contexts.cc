#include "grader/schedule/runtime/contexts.h"

#include "grader/schedule/runtime/memory_map.h"

namespace grader::schedule::runtime {
namespace {

struct Node {
  Pc pc;
  Context parent;
  Context next;    // of the same bucket
  Pc latest_call;  // the call made last from here, and its node: most calls are repeated
  Context latest_node;
};

constexpr Context kMostNodes = 1u << 20;
constexpr std::size_t kBuckets = 1u << 14;

Node* nodes = nullptr;
Context node_count = 1;
Context buckets[kBuckets];

}  // namespace

Context Called(Context chain, Pc pc) {
  if (nodes == nullptr) nodes = New<Node>(kMostNodes);
  Node& from = nodes[chain];
  if (from.latest_call == pc) return from.latest_node;
  Context& bucket = buckets[((pc * 0x9e3779b97f4a7c15ull) ^ (chain * 0xff51afd7ed558ccdull)) >> 50];
  Context found = bucket;
  while (found != 0 && (nodes[found].pc != pc || nodes[found].parent != chain)) found = nodes[found].next;
  if (found == 0) {
    if (node_count == kMostNodes) return chain;
    found = node_count++;
    nodes[found] = {pc, chain, bucket, 0, 0};
    bucket = found;
  }
  from.latest_call = pc;
  from.latest_node = found;
  return found;
}

Context Caller(Context chain) { return chain == 0 ? 0 : nodes[chain].parent; }

Pc CallSite(Context chain) { return chain == 0 ? 0 : nodes[chain].pc; }

Stack StackOf(const Spot& spot) {
  Stack stack;
  const auto add = [&stack](Pc pc) {
    if (stack.depth < kMostFrames) stack.frames[stack.depth] = pc;
    ++stack.depth;
  };
  if (spot.pc != 0) add(spot.pc);
  for (Context chain = spot.context; chain != 0; chain = nodes[chain].parent) add(nodes[chain].pc);
  return stack;
}

}  // namespace grader::schedule::runtime
