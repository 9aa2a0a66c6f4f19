// A server that lets a dead child lie while it answers one request after another.
#include <sys/wait.h>
#include <unistd.h>

int main() {
  if (fork() == 0) _exit(0);
  siginfo_t info;
  waitid(P_ALL, 0, &info, WEXITED | WNOWAIT);
  write(1, "!", 1);
  char byte;
  while (read(0, &byte, 1) == 1) write(1, &byte, 1);
  wait(nullptr);
}
