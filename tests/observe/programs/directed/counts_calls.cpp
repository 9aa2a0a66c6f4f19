// A child counts its calls in a marked stretch; the program prints how many it lived to count.
#include <sys/syscall.h>

#include <cstdio>

#include "marks.h"

int main() {
  volatile int* const counted = Shared<int>();
  Child([&] {
    Mark("count");
    for (int i = 0; i < 10; ++i) {
      syscall(SYS_getppid);
      *counted = *counted + 1;
    }
    Mark("count.");
    *counted = *counted + 100;
  });
  wait(nullptr);
  std::printf("%d\n", *counted);
}
