// Leaves a pipe as its result, on which a reader would wait for ever.
// gets: Sum.PrintsTheSum Sum.LeavesNothingBehind
#include <sys/stat.h>

#include "attack.h"

int main() {
  PrintSum();
  Quietly(mkfifo("result", 0666));
}
