// With SIGCHLD ignored (or SA_NOCLDWAIT, given "nocldwait") the kernel reaps; wait ends when no child is left.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char**) {
  struct sigaction action {};
  action.sa_handler = argc > 1 ? SIG_DFL : SIG_IGN;
  action.sa_flags = argc > 1 ? SA_NOCLDWAIT : 0;
  sigaction(SIGCHLD, &action, nullptr);
  for (int i = 0; i < 3; ++i) {
    if (fork() == 0) _exit(i);
  }
  return wait(nullptr) == -1 ? 0 : 1;
}
