// Two hundred children, one after the other.
#include <sys/wait.h>
#include <unistd.h>

int main() {
  for (int i = 0; i < 200; ++i) {
    const pid_t child = fork();
    if (child == 0) _exit(i);
    int status = 0;
    if (waitpid(child, &status, 0) != child || WEXITSTATUS(status) != i) return 1;
  }
}
