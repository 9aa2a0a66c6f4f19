// A pool of threads that wait for a condition, fed by one that accepts.
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

std::mutex m;
std::condition_variable work;

int main() {
  std::vector<std::thread> pool;
  for (int i = 0; i < 99; ++i) {
    pool.emplace_back([] {
      std::unique_lock lock(m);
      work.wait(lock);
    });
  }
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  listen(listener, 8);
  write(1, "ready\n", 6);
  accept(listener, nullptr, nullptr);
}
