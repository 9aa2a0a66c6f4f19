// Leaves a link to a file of the machine, which holds what would be right.
// gets: Sum.PrintsTheSum Sum.LeavesNothingBehind
#include "attack.h"

int main() {
  PrintSum();
  Quietly(symlink(OUTSIDE_FILE, "result"));
}
