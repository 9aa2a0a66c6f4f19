// Lets others be the victim when memory is short.
// gets: all
#include "attack.h"

int main() {
  const int fd = open("/proc/self/oom_score_adj", O_WRONLY);
  if (fd >= 0 && write(fd, "-1000", 5) > 0) Breach("it may not be killed");
  close(fd);
  Work();
}
