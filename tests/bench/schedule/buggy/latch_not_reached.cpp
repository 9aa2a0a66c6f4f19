// find: deadlock. Whoever finds the work done returns without counting down.
#include <latch>
#include <mutex>
#include <thread>

std::mutex mutex;
bool done = false;

int main() {
  std::latch finished(2);
  const auto work = [&] {
    std::lock_guard lock(mutex);
    if (done) return;
    done = true;
    finished.count_down();
  };
  std::thread first(work), second(work);
  finished.wait();
  first.join();
  second.join();
}
