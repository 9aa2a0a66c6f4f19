// Takes shared memory and uses it.
// gets: none
#include <sys/mman.h>

#include "attack.h"

int main() {
  for (;;) {
    void* memory = mmap(nullptr, 1 << 20, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return 1;
    memset(memory, 1, 1 << 20);
  }
}
