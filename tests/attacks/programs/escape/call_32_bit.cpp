// Makes a call of 32-bit programs, whose numbers mean others.
// gets: all
#include <sys/wait.h>

#include "attack.h"

int main() {
  const pid_t child = fork();
  if (child == 0) {
    long result = 20;  // getpid there, writev here
    asm volatile("int $0x80" : "+a"(result)::"memory");
    _exit(result > 0 ? 1 : 0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 1) Breach("a 32-bit call");
  Work();
}
