// A child stops itself; the parent notices, sleeps for a while and continues it.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

int main() {
  const pid_t child = fork();
  if (child == 0) {
    raise(SIGSTOP);
    _exit(0);
  }
  int status;
  waitpid(child, &status, WUNTRACED);
  usleep(200'000);
  kill(child, SIGCONT);
  waitpid(child, &status, 0);
}
