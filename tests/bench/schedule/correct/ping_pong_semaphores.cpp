// find: nothing. Two binary semaphores pass plain data back and forth.
#include <semaphore>
#include <thread>

std::binary_semaphore ping(0), pong(0);
int ball = 0;

int main() {
  std::thread other([] {
    for (int i = 0; i < 3; ++i) {
      ping.acquire();
      ++ball;
      pong.release();
    }
  });
  for (int i = 0; i < 3; ++i) {
    ++ball;
    ping.release();
    pong.acquire();
  }
  other.join();
  return ball == 6 ? 0 : 1;
}
