// Five children, reaped in a handler of SIGCHLD that loops.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t reaped = 0;

int main() {
  struct sigaction action {};
  action.sa_handler = [](int) {
    while (waitpid(-1, nullptr, WNOHANG) > 0) reaped = reaped + 1;
  };
  sigaction(SIGCHLD, &action, nullptr);
  sigset_t chld, old;
  sigemptyset(&chld);
  sigaddset(&chld, SIGCHLD);
  sigprocmask(SIG_BLOCK, &chld, &old);
  for (int i = 0; i < 5; ++i) {
    if (fork() == 0) _exit(i);
  }
  while (reaped < 5) sigsuspend(&old);
}
