// A child ends with 7; the parent waits for it.
#include <sys/wait.h>
#include <unistd.h>

int main() {
  if (fork() == 0) _exit(7);
  int status = 0;
  wait(&status);
  return WEXITSTATUS(status) == 7 ? 0 : 1;
}
