// Forks sleeping children until one is refused; prints how many there were and why the next was refused.
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

int main() {
  int children = 0;
  for (;;) {
    const pid_t child = fork();
    if (child < 0) break;
    if (child == 0) {
      pause();
      _exit(0);
    }
    ++children;
  }
  std::printf("%d %s\n", children, strerrorname_np(errno));
  std::fflush(stdout);
  _exit(0);
}
