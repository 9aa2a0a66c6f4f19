// Traces the sandbox's init.
// gets: all
#include <sys/ptrace.h>

#include "attack.h"

int main() {
  Refused(ptrace(PTRACE_ATTACH, 1, nullptr, nullptr), "attach");
  Refused(ptrace(PTRACE_SEIZE, 1, nullptr, nullptr), "seize");
  Work();
}
