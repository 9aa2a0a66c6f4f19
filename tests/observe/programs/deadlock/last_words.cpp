// Says that it is about to be stuck.
#include <unistd.h>

#include <mutex>

std::mutex m;

int main() {
  m.lock();
  write(1, "last\n", 5);
  m.lock();  // stuck
}
