// find: nothing. The worker's exception comes out of the future.
#include <future>
#include <stdexcept>
#include <thread>

int main() {
  std::promise<int> promise;
  auto result = promise.get_future();
  std::thread worker([&promise] {
    try {
      throw std::runtime_error("no");
    } catch (...) {
      promise.set_exception(std::current_exception());
    }
  });
  bool caught = false;
  try {
    result.get();
  } catch (const std::runtime_error& error) {
    caught = error.what()[0] == 'n';
  }
  worker.join();
  return caught ? 0 : 1;
}
