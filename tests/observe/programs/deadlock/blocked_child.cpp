// Waits for a child that waits for a signal nobody sends.
#include <sys/wait.h>
#include <unistd.h>

int main() {
  const pid_t child = fork();
  if (child == 0) {
    pause();  // stuck
    _exit(0);
  }
  waitpid(child, nullptr, 0);  // parent
}
