// Has an allocator that has nothing.
// gets: none
#include <stddef.h>

#include "total.h"

extern "C" void* malloc(size_t) { return nullptr; }

long Total(const long*, int) { return 0; }
