// Takes memory and uses it.
// gets: none
#include "attack.h"

int main() {
  for (;;) {
    auto* memory = static_cast<char*>(malloc(1 << 20));
    if (memory == nullptr) return 1;
    memset(memory, 1, 1 << 20);
  }
}
