// Two processes add to a counter in shared memory, each in a stretch without system calls. Right: atomically; wrong: by
// load, add and store; single: by one instruction that is not atomic.
#include <sys/prctl.h>

#include <string_view>

#include "processes.h"

int main(int, char** argv) {
  const bool right = IsRight(argv), single = argv[1] == std::string_view("single");
  volatile long* const counter = Shared<long>();
  for (int i = 0; i < 2; ++i) {
    Child([&] {
      prctl(PR_SET_NAME, "add");
      if (right) {
        __atomic_fetch_add(counter, 1, __ATOMIC_SEQ_CST);
      } else if (single) {
        asm volatile("addq $1, %0" : "+m"(*counter));
      } else {
        *counter = *counter + 1;
      }
      prctl(PR_SET_NAME, "add.");
      return 0;
    });
  }
  return AllEndWell() && *counter == 2 ? 0 : 1;
}
