// find: race. A thread lends the address of its thread_local variable, and goes on writing to it.
#include <atomic>
#include <thread>

thread_local int mine = 0;
std::atomic<int*> lent{nullptr};
std::atomic<bool> over{false};

int main() {
  std::thread owner([] {
    lent.store(&mine);
    mine = 3;
    while (!over.load()) std::this_thread::yield();
  });
  int* theirs = nullptr;
  while ((theirs = lent.load()) == nullptr) std::this_thread::yield();
  const int seen = *theirs;
  over.store(true);
  owner.join();
  return seen == 0 || seen == 3 ? 0 : 1;
}
