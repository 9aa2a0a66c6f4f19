// find: wrong-result. A lock-free stack of numbered nodes: A goes, B goes, A comes back, and the exchange succeeds.
#include <atomic>
#include <cstdio>
#include <thread>

constexpr int kNone = -1;
std::atomic<int> next[3] = {1, 2, kNone};  // 0 → 1 → 2
std::atomic<int> top{0};
std::atomic<int> taken[3] = {0, 0, 0};

int Pop() {
  int node = top.load();
  while (node != kNone && !top.compare_exchange_weak(node, next[node].load())) continue;
  return node;
}

void Push(int node) {
  next[node] = top.load();
  int expected = next[node];
  while (!top.compare_exchange_weak(expected, node)) next[node] = expected;
}

int main() {
  std::thread other([] {
    const int a = Pop();
    const int b = Pop();
    if (b != kNone) ++taken[b];
    if (a != kNone) Push(a);
  });
  if (const int node = Pop(); node != kNone) ++taken[node];
  other.join();
  for (int node = Pop(); node != kNone; node = Pop()) {
    if (++taken[node] > 1) {
      std::printf("wrong: node %d was taken twice\n", node);
      return 1;
    }
  }
}
