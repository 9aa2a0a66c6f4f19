// find: crash. The thread is started before what it needs has been made.
#include <atomic>
#include <thread>

struct Log {
  std::atomic<int> lines{0};
};
std::atomic<Log*> log_of_all{nullptr};

int main() {
  std::thread worker([] { log_of_all.load()->lines.fetch_add(1); });
  log_of_all.store(new Log());
  worker.join();
  delete log_of_all.load();
}
