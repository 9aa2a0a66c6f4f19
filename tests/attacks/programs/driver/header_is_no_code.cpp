// Brings a header that no driver can be compiled with.
// gets: not built
// file: total.h
#error "PASSED"

// file: total.cpp
#include "total.h"

long Total(const long*, int) { return 0; }
