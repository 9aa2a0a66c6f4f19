// Maps memory in more pieces than the kernel keeps, and locks what it may.
// gets: none
#include <sys/mman.h>

#include "attack.h"

int main() {
  mlockall(MCL_CURRENT | MCL_FUTURE);
  for (int i = 0;; ++i) {
    const int protection = i % 2 == 0 ? PROT_READ : PROT_READ | PROT_WRITE;
    if (mmap(nullptr, 4096, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED) return 1;
  }
}
