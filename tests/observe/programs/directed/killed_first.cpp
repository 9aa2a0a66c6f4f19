// The first process is marked, with a living and a dead child.
#include "marks.h"

int main() {
  int ends[2];
  pipe(ends);
  Child([] {});
  siginfo_t info;
  waitid(P_ALL, 0, &info, WEXITED | WNOWAIT);
  Child([&] {
    close(ends[1]);
    char byte;
    read(ends[0], &byte, 1);
  });
  Mark("main");
  for (int i = 0; i < 5; ++i) getppid();
  Mark("main.");
  close(ends[1]);
  while (wait(nullptr) > 0) {
  }
}
