// Prints one byte at a time.
// gets: all
#include <sched.h>

#include "attack.h"

int main() {
  long first = 0, second = 0;
  Quietly(scanf("%ld %ld", &first, &second));
  char text[32];
  const int size = snprintf(text, sizeof text, "%ld\n", first + second);
  for (int i = 0; i < size; ++i) {
    Quietly(write(STDOUT_FILENO, text + i, 1));
    sched_yield();
  }
  FILE* file = fopen("result", "w");
  fputs(text, file);
  fclose(file);
}
