// Leaves shared memory behind.
// gets: Sum.PrintsTheSum Sum.WritesTheResult
// below full: all, as there is no IPC
#include <sys/ipc.h>
#include <sys/shm.h>

#include "attack.h"

int main() {
  Work();
  Quietly(shmget(IPC_PRIVATE, 1 << 20, IPC_CREAT | 0666));
}
