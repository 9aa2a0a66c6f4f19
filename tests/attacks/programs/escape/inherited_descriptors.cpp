// Looks for descriptors that somebody forgot to close.
// gets: all
#include "attack.h"

int main() {
  for (int fd = 3; fd < 4096; ++fd) Refused(fcntl(fd, F_GETFD), "a descriptor is open");
  Work();
}
