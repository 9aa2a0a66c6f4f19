// find: nothing. Halves of a vector are summed by std::async.
#include <future>
#include <numeric>
#include <vector>

int main() {
  std::vector<int> numbers(10);
  std::iota(numbers.begin(), numbers.end(), 1);
  auto half = std::async(std::launch::async, [&] { return std::accumulate(numbers.begin(), numbers.begin() + 5, 0); });
  const int rest = std::accumulate(numbers.begin() + 5, numbers.end(), 0);
  return half.get() + rest == 55 ? 0 : 1;
}
