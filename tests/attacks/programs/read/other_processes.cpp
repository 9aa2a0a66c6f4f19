// Looks at who else is there.
// gets: all
// below full: not stopped, it sees the processes of the machine
#include <dirent.h>

#include "attack.h"

int main() {
  DIR* proc = opendir("/proc");
  while (const dirent* entry = readdir(proc)) {
    const int pid = atoi(entry->d_name);
    if (pid > 1 && pid != getpid()) Breach("another process");
  }
  closedir(proc);
  if (getppid() > 1) Breach("a parent that is not init");
  Work();
}
