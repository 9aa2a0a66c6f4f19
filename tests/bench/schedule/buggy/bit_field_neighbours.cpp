// find: race. Two bit fields share a byte, so each write is a write of the other.
#include <thread>

struct Flags {
  unsigned open : 1;
  unsigned full : 1;
};
Flags flags{};

int main() {
  std::thread other([] { flags.open = 1; });
  flags.full = 1;
  other.join();
}
