// The classic: the middle one ends at once and is waited for; the grandchild outlives it and is init's to reap.
#include <sys/wait.h>
#include <unistd.h>

int main() {
  int middle_lives[2], done[2];
  pipe(middle_lives);
  pipe(done);
  const pid_t middle = fork();
  if (middle == 0) {
    if (fork() == 0) {
      close(middle_lives[1]);
      char byte;
      read(middle_lives[0], &byte, 1);  // end of file when the middle one and the first have closed it
      while (getppid() != 1) {
      }
      write(done[1], "x", 1);
      _exit(9);
    }
    _exit(3);
  }
  waitpid(middle, nullptr, 0);
  close(middle_lives[1]);
  char byte;
  read(done[0], &byte, 1);
}
