// find: nothing. A detached thread tells that it is over as its last deed; what it notifies is never freed.
#include <condition_variable>
#include <mutex>
#include <thread>

struct State {
  std::mutex mutex;
  std::condition_variable changed;
  int result = 0;
  bool over = false;
};

int main() {
  State& state = *new State();
  std::thread([&state] {
    std::unique_lock lock(state.mutex);
    state.result = 7;
    state.over = true;
    std::notify_all_at_thread_exit(state.changed, std::move(lock));
  }).detach();
  std::unique_lock lock(state.mutex);
  state.changed.wait(lock, [&] { return state.over; });
  return state.result == 7 ? 0 : 1;
}
