// Turns the machine off.
// gets: all
#include "attack.h"

int main() {
  Refused(syscall(SYS_reboot, 0xfee1dead, 672274793, 0x4321fedc, nullptr), "reboot");
  Refused(syscall(SYS_swapoff, "/swap"), "swapoff");
  Refused(syscall(SYS_acct, nullptr), "acct");
  Refused(syscall(SYS_syslog, 2, nullptr, 0), "syslog");
  Work();
}
