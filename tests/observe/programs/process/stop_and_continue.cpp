// Stops a child, lets it go on, and ends it, waiting for each.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

int main() {
  const pid_t child = fork();
  if (child == 0) {
    for (;;) pause();
  }
  int status = 0;
  kill(child, SIGSTOP);
  if (waitpid(child, &status, WUNTRACED) != child || !WIFSTOPPED(status)) return 1;
  kill(child, SIGCONT);
  if (waitpid(child, &status, WCONTINUED) != child || !WIFCONTINUED(status)) return 2;
  kill(child, SIGTERM);
  if (waitpid(child, &status, 0) != child || !WIFSIGNALED(status)) return 3;
}
