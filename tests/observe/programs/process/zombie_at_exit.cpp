// A dead child that is known to be dead is left as a zombie.
#include <sys/wait.h>
#include <unistd.h>

int main() {
  if (fork() == 0) _exit(2);
  siginfo_t info;
  waitid(P_ALL, 0, &info, WEXITED | WNOWAIT);
}
