// Takes the descriptors of process 1.
// gets: all
#include "attack.h"

int main() {
  const long init = syscall(SYS_pidfd_open, 1, 0);
  for (int fd = 0; init >= 0 && fd < 32; ++fd) Refused(syscall(SYS_pidfd_getfd, init, fd, 0), "pidfd_getfd");
  Work();
}
