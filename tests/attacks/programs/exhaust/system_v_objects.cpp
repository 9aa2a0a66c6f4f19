// Makes objects that outlive processes, as many as it may.
// gets: none
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

#include "attack.h"

int main() {
  for (int i = 0; i < 2000; ++i) {
    if (shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600) < 0 && semget(IPC_PRIVATE, 10, IPC_CREAT | 0600) < 0) break;
    Quietly(msgget(IPC_PRIVATE, IPC_CREAT | 0600));
  }
  return 1;
}
