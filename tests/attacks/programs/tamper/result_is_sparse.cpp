// Leaves a file as its result that has no content but a size.
// gets: Sum.PrintsTheSum Sum.LeavesNothingBehind
#include "attack.h"

int main() {
  PrintSum();
  signal(SIGXFSZ, SIG_IGN);
  const int file = open("result", O_CREAT | O_WRONLY, 0644);
  Refused(ftruncate(file, 1L << 40), "a terabyte");
  Quietly(ftruncate(file, 60L << 20));
  close(file);
}
