// Looks for what others left in fresh memory.
// gets: all
#include <sys/mman.h>

#include "attack.h"

int main() {
  const size_t size = 32 << 20;
  auto* memory =
      static_cast<unsigned long*>(mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  for (size_t i = 0; i < size / sizeof *memory; i += 64) {
    if (memory[i] != 0) Breach("memory that is not empty");
  }
  Work();
}
