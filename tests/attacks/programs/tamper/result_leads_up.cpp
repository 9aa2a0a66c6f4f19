// Leaves a link that climbs to a file of the machine.
// gets: Sum.PrintsTheSum Sum.LeavesNothingBehind
#include "attack.h"

int main() {
  PrintSum();
  char path[512];
  snprintf(path, sizeof path, "../../../../../../../../%s", OUTSIDE_FILE);
  Quietly(symlink(path, "result"));
}
