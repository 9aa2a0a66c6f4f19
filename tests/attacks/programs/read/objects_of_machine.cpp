// Looks for System V objects of the machine.
// gets: all
// below full: not stopped, it sees what objects there are, and cannot use them
#include <sys/ipc.h>
#include <sys/shm.h>

#include "attack.h"

int main() {
  for (const char* file : {"/proc/sysvipc/shm", "/proc/sysvipc/sem", "/proc/sysvipc/msg"}) {
    FILE* list = fopen(file, "r");
    if (list == nullptr) continue;
    char line[512];
    int lines = 0;
    while (fgets(line, sizeof line, list) != nullptr) ++lines;
    fclose(list);
    if (lines > 1) Breach(file);
  }
  Refused(shmget(OUTSIDE_KEY, 0, 0), "shared memory of the machine");
  Work();
}
