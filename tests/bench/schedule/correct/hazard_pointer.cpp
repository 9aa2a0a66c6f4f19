// find: nothing. The reader looks again after it has set its hazard pointer; the writer frees only what nobody reads.
#include <atomic>
#include <thread>

struct Node {
  int value = 1;
};
std::atomic<Node*> current{nullptr};
std::atomic<Node*> hazard{nullptr};

int Read() {
  Node* node = nullptr;
  do {
    node = current.load();
    hazard.store(node);
  } while (node != current.load());
  const int value = node->value;
  hazard.store(nullptr);
  return value;
}

int main() {
  current = new Node();
  Node* retired = nullptr;
  std::thread writer([&] {
    retired = current.exchange(new Node());
    if (hazard.load() == retired) return;  // somebody else's turn to free it
    delete retired;
    retired = nullptr;
  });
  const int value = Read();
  writer.join();
  delete retired;
  delete current.load();
  return value == 1 ? 0 : 1;
}
