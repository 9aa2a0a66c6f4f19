// find: race|wrong-result. The worker counts down before it has written its part.
#include <cstdio>
#include <latch>
#include <thread>

int part = 0;

int main() {
  std::latch done(1);
  std::thread worker([&] {
    done.count_down();
    part = 5;
  });
  done.wait();
  const int seen = part;
  worker.join();
  if (seen != 5) {
    std::printf("wrong: %d\n", seen);
    return 1;
  }
}
