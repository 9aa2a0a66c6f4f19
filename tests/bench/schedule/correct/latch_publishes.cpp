// find: nothing. What was written before count_down() is seen after wait().
#include <array>
#include <latch>
#include <thread>

int main() {
  std::array<int, 2> parts{};
  std::latch done(2);
  std::thread first([&] {
    parts[0] = 1;
    done.count_down();
  });
  std::thread second([&] {
    parts[1] = 2;
    done.count_down();
  });
  done.wait();
  const int sum = parts[0] + parts[1];
  first.join();
  second.join();
  return sum == 3 ? 0 : 1;
}
