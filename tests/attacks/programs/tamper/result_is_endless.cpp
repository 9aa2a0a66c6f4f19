// Leaves a link to an endless device as its result.
// gets: Sum.PrintsTheSum Sum.LeavesNothingBehind
#include "attack.h"

int main() {
  PrintSum();
  Quietly(symlink("/dev/zero", "result"));
}
