// find: nothing. A lock-free stack of numbered nodes; a tag in the top word keeps A-B-A away.
#include <atomic>
#include <cstdint>
#include <thread>

constexpr std::uint32_t kNone = 0xffffffff;
std::atomic<std::uint32_t> next[2] = {1, kNone};
std::atomic<std::uint64_t> top{0};  // tag << 32 | node
std::atomic<int> holders[2];
std::atomic<bool> twice{false};

std::uint32_t Pop() {
  std::uint64_t old = top.load();
  for (;;) {
    const auto node = static_cast<std::uint32_t>(old);
    if (node == kNone) return kNone;
    const std::uint64_t wanted = ((old >> 32) + 1) << 32 | next[node].load();
    if (top.compare_exchange_weak(old, wanted)) return node;
  }
}

void Push(std::uint32_t node) {
  std::uint64_t old = top.load();
  do {
    next[node].store(static_cast<std::uint32_t>(old));
  } while (!top.compare_exchange_weak(old, ((old >> 32) + 1) << 32 | node));
}

void Work() {
  for (int i = 0; i < 2; ++i) {
    const auto node = Pop();
    if (node == kNone) continue;
    if (holders[node].fetch_add(1) != 0) twice = true;
    holders[node].fetch_sub(1);
    Push(node);
  }
}

int main() {
  std::thread first(Work), second(Work);
  Work();
  first.join();
  second.join();
  return twice ? 1 : 0;
}
