// Leaves semaphores behind.
// gets: Sum.PrintsTheSum Sum.WritesTheResult
// below full: all, as there is no IPC
#include <sys/ipc.h>
#include <sys/sem.h>

#include "attack.h"

int main() {
  Work();
  Quietly(semget(4712, 3, IPC_CREAT | 0666));
}
