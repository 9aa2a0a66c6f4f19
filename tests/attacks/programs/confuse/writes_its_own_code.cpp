// Changes its own code through /proc, and what the loader says of it.
// gets: all
#include <link.h>
#include <stdint.h>
#include <sys/prctl.h>

#include "attack.h"

[[gnu::noinline]] static int Answer() { return 1; }

int main() {
  const int memory = open("/proc/self/mem", O_RDWR);
  if (memory < 0) return 4;
  // mov $42, %eax; ret
  const unsigned char code[] = {0xb8, 42, 0, 0, 0, 0xc3};
  int (*volatile answer)() = &Answer;
  Quietly(pwrite(memory, code, sizeof code, static_cast<off_t>(reinterpret_cast<uintptr_t>(answer))));
  close(memory);
  _r_debug.r_map->l_name = const_cast<char*>("/etc/shadow");
  _r_debug.r_state = r_debug::RT_ADD;
  if (answer() != 42) return 5;
  Work();
}
