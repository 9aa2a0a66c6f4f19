// The same by posix_spawn(3).
#include <spawn.h>
#include <sys/wait.h>

int main() {
  char name[] = "true";
  char* arguments[] = {name, nullptr};
  pid_t child = 0;
  posix_spawn(&child, "/usr/bin/true", nullptr, nullptr, arguments, nullptr);
  waitpid(child, nullptr, 0);
}
