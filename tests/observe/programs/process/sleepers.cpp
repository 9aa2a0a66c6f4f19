// Blocks in wait, in a pipe that is ready, and in a short sleep; for telling whether a call slept.
#include <poll.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int main() {
  int ends[2];
  pipe(ends);
  pollfd readable{ends[0], POLLIN, 0};
  write(ends[1], "x", 1);
  poll(&readable, 1, -1);  // ready
  const timespec moment{0, 20'000'000};
  nanosleep(&moment, nullptr);
}
