// Gives the kernel lists that lead nowhere.
// gets: all
#include "attack.h"

int main() {
  syscall(SYS_set_robust_list, 8, 24);
  syscall(SYS_set_tid_address, 16);
  Work();
}
