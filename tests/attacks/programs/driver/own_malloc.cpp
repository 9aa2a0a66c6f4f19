// Has an allocator of its own, which is right.
// gets: all
#include <stddef.h>

#include "total.h"

static char room[1 << 20];
static size_t used;

extern "C" void* malloc(size_t size) {
  void* const block = room + used;
  used += (size + 15) / 16 * 16;
  return used < sizeof room ? block : nullptr;
}
extern "C" void free(void*) {}

long Total(const long* numbers, int count) {
  long total = 0;
  for (int i = 0; i < count; ++i) total += numbers[i];
  return total;
}
