// find: nothing. A list with a lock per node: the next is taken before the last is given back.
#include <mutex>
#include <thread>

struct Node {
  std::mutex mutex;
  int value = 0;
  Node* next = nullptr;
};
Node nodes[3];

void AddToAll(int amount) {
  Node* node = &nodes[0];
  node->mutex.lock();
  for (;;) {
    node->value += amount;
    Node* const next = node->next;
    if (next != nullptr) next->mutex.lock();
    node->mutex.unlock();
    if (next == nullptr) return;
    node = next;
  }
}

int main() {
  nodes[0].next = &nodes[1];
  nodes[1].next = &nodes[2];
  std::thread first(AddToAll, 1), second(AddToAll, 2);
  first.join();
  second.join();
  return nodes[0].value == 3 && nodes[2].value == 3 ? 0 : 1;
}
