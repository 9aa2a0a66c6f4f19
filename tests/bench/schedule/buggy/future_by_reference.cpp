// find: race. The result is read before the future says that it is there.
#include <future>

int main() {
  int result = 0;
  auto done = std::async(std::launch::async, [&result] { result = 42; });
  const int early = result;
  done.get();
  return early > 42 ? 1 : 0;
}
