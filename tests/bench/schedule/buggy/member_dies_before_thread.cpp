// find: use-after-free|race. The thread is declared before what it uses, so what it uses is destroyed first.
#include <memory>
#include <thread>

struct Worker {
  std::jthread thread;
  std::unique_ptr<int> work = std::make_unique<int>(1);
  void Start() {
    thread = std::jthread([this, number = work.get()] { ++*number; });
  }
};

int main() {
  Worker worker;
  worker.Start();
}
