// find: use-after-free|race. A hazard pointer is set, but the reader does not look again whether the node is still
// there.
#include <atomic>
#include <thread>

struct Node {
  std::atomic<int> value{1};
};
std::atomic<Node*> current{new Node()};
std::atomic<Node*> hazard{nullptr};

int main() {
  std::thread writer([] {
    Node* const old = current.exchange(new Node());
    if (hazard.load() != old) delete old;
  });
  Node* const node = current.load();
  hazard.store(node);
  const int seen = node->value.load();
  hazard.store(nullptr);
  writer.join();
  return seen == 1 ? 0 : 1;
}
