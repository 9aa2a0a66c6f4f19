// A child sleeps for long; its parent is marked, and waits for it.
#include "marks.h"

int main() {
  int ready[2];
  pipe(ready);
  Child([&] {
    write(ready[1], "", 1);
    sleep(60);
  });
  char byte;
  read(ready[0], &byte, 1);
  write(1, "ready\n", 6);
  Mark("wait");
  getppid();
  Mark("wait.");
  wait(nullptr);
}
