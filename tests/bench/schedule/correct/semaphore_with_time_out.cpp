// find: nothing. Who does not get a place in time goes without.
#include <atomic>
#include <chrono>
#include <semaphore>
#include <thread>

int main() {
  std::counting_semaphore<1> place(1);
  std::atomic<int> inside{0};
  std::atomic<bool> crowded{false};
  const auto visit = [&] {
    if (!place.try_acquire_for(std::chrono::milliseconds(2))) return;
    if (inside.fetch_add(1) != 0) crowded = true;
    inside.fetch_sub(1);
    place.release();
  };
  std::thread first(visit), second(visit);
  visit();
  first.join();
  second.join();
  return crowded ? 1 : 0;
}
