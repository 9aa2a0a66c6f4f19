// Leaves children behind whose names order terminals about and end texts.
// gets: Sum.PrintsTheSum Sum.WritesTheResult
#include <sys/prctl.h>

#include "attack.h"

int main() {
  Work();
  fflush(stdout);
  for (const char* name : {"\x1b[2J\x1b[1m", "\u202e\u2066x", "a\nb) Z 1 (", "]]><i>&", "\xff\xc0\x80"}) {
    if (fork() != 0) continue;
    prctl(PR_SET_NAME, name);
    for (;;) pause();
  }
}
