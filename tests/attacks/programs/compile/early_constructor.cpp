// Runs code before all other.
// gets: all
#include "attack.h"

static bool ran;
static void First(int, char**, char**) { ran = true; }
__attribute__((section(".preinit_array"), used)) static void (*const first)(int, char**, char**) = First;

int main() {
  if (!ran) Breach("it did not run");
  Work();
}
