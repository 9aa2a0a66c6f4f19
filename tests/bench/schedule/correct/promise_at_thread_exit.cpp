// find: nothing. The futures of detached threads become ready when those have ended, also one that nobody asks for.
#include <future>
#include <string>
#include <thread>
#include <vector>

int main() {
  std::vector<std::future<std::string>> results;
  for (int i = 0; i < 2; ++i) {
    std::promise<std::string> promise;
    results.push_back(promise.get_future());
    std::thread([promise = std::move(promise)]() mutable {
      static thread_local std::string word = "a word that is too long for the string itself";
      promise.set_value_at_thread_exit(word);
    }).detach();
  }
  results.pop_back();
  std::packaged_task<int()> task([] { return 42; });
  auto answer = task.get_future();
  std::thread worker([&task] { task.make_ready_at_thread_exit(); });
  const bool right = results[0].get().size() == 45 && answer.get() == 42;
  worker.join();
  return right ? 0 : 1;
}
