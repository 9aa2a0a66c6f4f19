// Defines the driver's own function.
// gets: none
#include "total.h"

namespace {
void Tell(long) {}
}  // namespace
void (*volatile tell)(long) = Tell;

long Total(const long*, int) { return 0; }
