// Leaves a link to a file of the system as its result.
// gets: Sum.PrintsTheSum Sum.LeavesNothingBehind
#include "attack.h"

int main() {
  PrintSum();
  Quietly(symlink("/etc/passwd", "result"));
}
