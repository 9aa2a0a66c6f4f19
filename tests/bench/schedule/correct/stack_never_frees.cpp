// find: nothing. A lock-free stack whose nodes are freed when all threads have ended.
#include <atomic>
#include <thread>

struct Node {
  int value;
  Node* next;
};
std::atomic<Node*> top{nullptr};

void Push(Node* node) {
  node->next = top.load(std::memory_order_relaxed);
  while (!top.compare_exchange_weak(node->next, node, std::memory_order_release, std::memory_order_relaxed)) continue;
}

Node* Pop() {
  Node* node = top.load(std::memory_order_acquire);
  while (node != nullptr && !top.compare_exchange_weak(node, node->next, std::memory_order_acquire)) continue;
  return node;
}

int main() {
  Node nodes[3] = {{1, nullptr}, {2, nullptr}, {4, nullptr}};
  std::thread first([&] { Push(&nodes[0]); }), second([&] {
    Push(&nodes[1]);
    Push(&nodes[2]);
  });
  int sum = 0;
  if (Node* node = Pop()) sum += node->value;
  first.join();
  second.join();
  while (Node* node = Pop()) sum += node->value;
  return sum == 7 ? 0 : 1;
}
