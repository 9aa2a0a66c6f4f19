// Leaves a link to itself as its result.
// gets: Sum.PrintsTheSum Sum.LeavesNothingBehind
#include "attack.h"

int main() {
  PrintSum();
  Quietly(symlink("result", "result"));
}
