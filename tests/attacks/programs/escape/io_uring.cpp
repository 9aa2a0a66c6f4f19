// Goes round the filter by io_uring.
// gets: all
#include "attack.h"

int main() {
  char parameters[120] = {};
  Refused(syscall(SYS_io_uring_setup, 4, parameters), "io_uring_setup");
  Refused(syscall(SYS_io_uring_register, 0, 0, nullptr, 0), "io_uring_register");
  Refused(syscall(SYS_io_uring_enter, 0, 0, 0, 0, nullptr, 0), "io_uring_enter");
  Work();
}
