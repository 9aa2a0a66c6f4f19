// Handles the signals of debuggers itself.
// gets: all
#include "attack.h"

int main() {
  signal(SIGTRAP, [](int) {});
  raise(SIGTRAP);
  asm volatile("int3");
  kill(getpid(), SIGTRAP);
  Work();
}
