// Runs a program that is in memory only: it is in the same cage.
// gets: all
#include <sys/mman.h>
#include <sys/wait.h>

#include "attack.h"

int main() {
  const int program = memfd_create("program", MFD_CLOEXEC);
  const int file = open("/usr/bin/unshare", O_RDONLY);
  char buffer[4096];
  for (ssize_t got; (got = read(file, buffer, sizeof buffer)) > 0;)
    Quietly(write(program, buffer, static_cast<size_t>(got)));
  close(file);
  const pid_t child = fork();
  if (child == 0) {
    close(2);
    char name[] = "unshare", user[] = "-Ur", command[] = "true";
    char* words[] = {name, user, command, nullptr};
    fexecve(program, words, environ);
    _exit(1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (status == 0) Breach("unshare");
  close(program);
  Work();
}
