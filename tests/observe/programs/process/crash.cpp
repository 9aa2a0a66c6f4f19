// Ends by an error of its own.
#include <stdlib.h>
#include <string.h>

static void UseNothing(volatile int* nothing) {
  *nothing = 1;  // line 6
}

static int Divide(volatile int zero) { return 7 / zero; }

int main(int, char** arguments) {
  if (strcmp(arguments[1], "segv") == 0) UseNothing(nullptr);
  if (strcmp(arguments[1], "abort") == 0) abort();
  if (strcmp(arguments[1], "fpe") == 0) return Divide(0);
}
