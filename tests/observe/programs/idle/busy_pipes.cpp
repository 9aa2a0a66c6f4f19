// Two processes wake each other as fast as they can: nobody ever seems to run, and nobody is stuck.
#include <sys/wait.h>
#include <unistd.h>

int main() {
  int ping[2], pong[2];
  pipe(ping);
  pipe(pong);
  const bool child = fork() == 0;
  close(child ? ping[1] : ping[0]);
  close(child ? pong[0] : pong[1]);
  char c = 0;
  for (int i = 0; i < 20'000; ++i) {
    if (!child) write(ping[1], &c, 1);
    read(child ? ping[0] : pong[0], &c, 1);
    if (child) write(pong[1], &c, 1);
  }
  if (!child) wait(nullptr);
}
