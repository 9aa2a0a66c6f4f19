// Lets the loader run its code to choose a function, before anything else is ready.
// gets: all
#include "attack.h"

static void Chosen() {}
extern "C" void (*Choose())() {
  syscall(SYS_getpid);
  return Chosen;
}
void Function() __attribute__((ifunc("Choose")));

int main() {
  Function();
  Work();
}
