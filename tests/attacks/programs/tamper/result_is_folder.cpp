// Leaves a folder as its result.
// gets: Sum.PrintsTheSum Sum.LeavesNothingBehind
#include <sys/stat.h>

#include "attack.h"

int main() {
  PrintSum();
  Quietly(mkdir("result", 0777));
}
