// Waits for its child in a loop without a system call.
#include "marks.h"

int main() {
  volatile int* const done = Shared<int>();
  Child([&] {
    Mark("work");
    getppid();
    *done = 1;
  });
  while (!*done) {
  }
  wait(nullptr);
}
