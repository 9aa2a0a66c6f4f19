// Leaves a link through /proc as its result.
// gets: Sum.PrintsTheSum Sum.LeavesNothingBehind
#include "attack.h"

int main() {
  PrintSum();
  Quietly(symlink("/proc/self/root/etc/hostname", "result"));
}
