// Opens its streams anew and changes their ways.
// gets: all
#include "attack.h"

int main() {
  fcntl(STDOUT_FILENO, F_SETFL, O_NONBLOCK);
  fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK);
  const int out = open("/proc/self/fd/1", O_WRONLY);
  fcntl(out, F_SETPIPE_SZ, 4096);
  dup2(out, STDOUT_FILENO);
  close(out);
  Quietly(ftruncate(STDOUT_FILENO, 0));
  fcntl(STDIN_FILENO, F_SETFL, 0);
  Work();
}
