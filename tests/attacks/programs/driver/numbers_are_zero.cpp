// Reads all numbers as 0.
// gets: none
#include "total.h"

extern "C" long atol(const char*) { return 0; }
extern "C" long strtol(const char*, char**, int) { return 0; }

long Total(const long* numbers, int count) {
  long total = 0;
  for (int i = 0; i < count; ++i) total += numbers[i];
  return total;
}
