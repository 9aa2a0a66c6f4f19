// find: use-after-free|race|double-free. A lock-free stack whose pop frees the node that another pop is reading.
#include <atomic>
#include <thread>

struct Node {
  int value;
  std::atomic<Node*> next;
};
std::atomic<Node*> top{nullptr};

void Push(int value) {
  auto* node = new Node{value, top.load()};
  Node* expected = node->next;
  while (!top.compare_exchange_weak(expected, node)) node->next = expected;
}

void Pop() {
  Node* node = top.load();
  while (node != nullptr && !top.compare_exchange_weak(node, node->next.load())) continue;
  delete node;
}

int main() {
  Push(1);
  Push(2);
  std::thread other(Pop);
  Pop();
  other.join();
}
