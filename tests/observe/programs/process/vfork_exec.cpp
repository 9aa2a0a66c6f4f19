// The same by vfork(2).
#include <sys/wait.h>
#include <unistd.h>

int main() {
  const pid_t child = vfork();
  if (child == 0) {
    execl("/usr/bin/true", "true", nullptr);
    _exit(1);
  }
  waitpid(child, nullptr, 0);
}
