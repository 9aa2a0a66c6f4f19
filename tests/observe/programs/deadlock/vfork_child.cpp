// The vfork child waits for a signal nobody sends, so its parent stays in vfork.
#include <unistd.h>

int main() {
  if (vfork() == 0) {  // parent
    pause();           // stuck
    _exit(0);
  }
}
