#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>

int main() {
  const int counter = eventfd(0, 0);
  std::uint64_t value;
  read(counter, &value, sizeof value);  // stuck
}
