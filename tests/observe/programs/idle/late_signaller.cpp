// Computes for a while and only then wakes the other thread.
#include <condition_variable>
#include <ctime>
#include <mutex>
#include <thread>

std::mutex m;
std::condition_variable done;
bool is_done = false;

int main() {
  std::thread worker([] {
    while (std::clock() < CLOCKS_PER_SEC / 4) {
    }
    std::lock_guard lock(m);
    is_done = true;
    done.notify_one();
  });
  std::unique_lock lock(m);
  done.wait(lock, [] { return is_done; });
  lock.unlock();
  worker.join();
}
