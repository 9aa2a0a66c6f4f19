// find: exception. A worker that has nothing to do drops its promise.
#include <atomic>
#include <future>
#include <thread>

std::atomic<int> work{1};

int main() {
  std::promise<int> promise;
  auto result = promise.get_future();
  std::thread worker([promise = std::move(promise)]() mutable {
    if (work.fetch_sub(1) > 0) promise.set_value(1);
  });
  work.fetch_sub(1);
  worker.detach();
  return result.get() == 1 ? 0 : 1;
}
