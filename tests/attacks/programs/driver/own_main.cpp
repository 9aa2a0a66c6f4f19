// Has a main of its own.
// gets: not built
#include "total.h"

long Total(const long*, int) { return 0; }

int main() { return 0; }
