// find: nothing. A futex without its name: wait and notify of an atomic.
#include <atomic>
#include <thread>

std::atomic<int> stage{0};
int data = 0;

int main() {
  std::thread worker([] {
    stage.wait(0);
    ++data;
    stage.store(2);
    stage.notify_all();
  });
  data = 5;
  stage.store(1);
  stage.notify_all();
  stage.wait(1);
  const int seen = data;
  worker.join();
  return seen == 6 ? 0 : 1;
}
