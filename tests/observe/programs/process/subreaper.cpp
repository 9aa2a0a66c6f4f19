// Adopts and reaps a grandchild itself (prctl(2), PR_SET_CHILD_SUBREAPER).
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

int main() {
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  int hold[2];
  pipe(hold);
  if (fork() == 0) {
    if (fork() == 0) {
      close(hold[1]);
      char byte;
      read(hold[0], &byte, 1);
      _exit(6);
    }
    _exit(0);
  }
  wait(nullptr);
  close(hold[1]);
  return wait(nullptr) > 0 ? 0 : 1;
}
