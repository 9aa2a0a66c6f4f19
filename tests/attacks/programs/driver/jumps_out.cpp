// Returns twice.
// gets: none
#include <setjmp.h>

#include "total.h"

static jmp_buf place;

long Total(const long*, int) {
  static int times;
  if (setjmp(place) == 0 && ++times == 1) longjmp(place, 1);
  return times;
}
