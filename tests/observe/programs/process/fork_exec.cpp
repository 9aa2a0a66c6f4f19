// A child that becomes another program.
#include <sys/wait.h>
#include <unistd.h>

int main() {
  if (fork() == 0) execl("/usr/bin/false", "false", nullptr);
  wait(nullptr);
}
