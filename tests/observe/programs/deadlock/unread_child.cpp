// Waits for the child before reading what it writes, and that is more than a pipe holds.
#include <sys/wait.h>
#include <unistd.h>

#include <vector>

int main() {
  int ends[2];
  pipe(ends);
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    const std::vector<char> much(1 << 20);
    write(ends[1], much.data(), much.size());  // stuck
    _exit(0);
  }
  close(ends[1]);
  waitpid(child, nullptr, 0);  // parent
}
