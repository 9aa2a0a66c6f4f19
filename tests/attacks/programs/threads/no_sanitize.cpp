// Asks the compiler not to watch its accesses.
// gets: not built
#include "count.h"

static int count;

__attribute__((no_sanitize("thread"))) void Add() { ++count; }
__attribute__((no_sanitize_thread)) int Count() { return count; }
