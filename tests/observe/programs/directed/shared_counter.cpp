// Two children add 1 to a counter in shared memory, without a system call between: "plain" or "atomic".
#include <cstdio>
#include <string>

#include "marks.h"

int main(int, char** argv) {
  volatile long* const counter = Shared<long>();
  const bool atomic = std::string(argv[1]) == "atomic";
  for (int i = 0; i < 2; ++i) {
    Child([&] {
      Mark("add");
      if (atomic) {
        __atomic_fetch_add(counter, 1, __ATOMIC_SEQ_CST);
      } else {
        *counter = *counter + 1;
      }
      Mark("add.");
    });
  }
  while (wait(nullptr) > 0) {
  }
  std::printf("%ld\n", *counter);
}
