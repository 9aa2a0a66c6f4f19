// find: deadlock|lost-wake-up. The barrier is for three, but only two come when the third has nothing to do.
#include <atomic>
#include <barrier>
#include <thread>

std::atomic<int> tasks{2};

int main() {
  std::barrier together(3);
  const auto work = [&] {
    if (tasks.fetch_sub(1) <= 0) return;
    together.arrive_and_wait();
  };
  std::thread a(work), b(work), c(work);
  a.join();
  b.join();
  c.join();
}
