// find: nothing. Objects go from hand to hand by exchange, acquire and release.
#include <atomic>
#include <thread>

struct Letter {
  int text = 0;
};
std::atomic<Letter*> box{nullptr};

int main() {
  std::thread sender([] {
    auto* letter = new Letter();
    letter->text = 42;
    delete box.exchange(letter, std::memory_order_acq_rel);
  });
  Letter* letter = nullptr;
  while ((letter = box.exchange(nullptr, std::memory_order_acq_rel)) == nullptr) std::this_thread::yield();
  const int text = letter->text;
  delete letter;
  sender.join();
  return text == 42 ? 0 : 1;
}
