// Leaves a daemon behind that holds stdout open: a double fork with a session of its own. The daemon says "daemon".
#include <unistd.h>

int main() {
  if (fork() != 0) return 0;
  setsid();
  if (fork() != 0) _exit(0);
  [[maybe_unused]] const ssize_t wrote = write(STDOUT_FILENO, "daemon\n", 7);
  for (;;) pause();
}
