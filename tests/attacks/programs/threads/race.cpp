// Counts without a lock.
// gets: none
#include "count.h"

static int count;

void Add() { ++count; }
int Count() { return count; }
