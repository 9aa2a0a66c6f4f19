// Reaps without asking whom (waitid(2): the C library or raw, infop may be null on Linux).
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int main() {
  if (fork() == 0) _exit(0);
  return syscall(SYS_waitid, P_ALL, 0, nullptr, WEXITED, nullptr) == 0 ? 0 : 1;
}
