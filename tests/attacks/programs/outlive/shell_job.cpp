// Leaves a job of a shell behind.
// gets: Sum.PrintsTheSum Sum.WritesTheResult
#include "attack.h"

int main() {
  Work();
  fflush(stdout);
  Quietly(system("nohup sleep 1000 >/dev/null 2>&1 &"));
}
