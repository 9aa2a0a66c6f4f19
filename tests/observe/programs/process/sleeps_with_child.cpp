// Waits for a child that sleeps for long.
#include <sys/wait.h>
#include <unistd.h>

int main() {
  if (fork() == 0) {
    sleep(100'000);
    _exit(0);
  }
  wait(nullptr);
}
