// find: nothing. One promise, two readers of its shared future.
#include <future>
#include <thread>

int main() {
  std::promise<int> promise;
  const auto future = promise.get_future().share();
  int left = 0, right = 0;
  std::thread first([future, &left] { left = future.get(); });
  std::thread second([future, &right] { right = future.get(); });
  promise.set_value(4);
  first.join();
  second.join();
  return left + right == 8 ? 0 : 1;
}
