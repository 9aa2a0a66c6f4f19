// Ends before main.
// gets: none
#include <unistd.h>

#include "count.h"

__attribute__((constructor)) static void First() { _exit(0); }

static int count;

void Add() { ++count; }
int Count() { return count; }
