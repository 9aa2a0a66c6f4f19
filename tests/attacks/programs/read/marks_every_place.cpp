// Leaves marks in every place, and looks for those of the run before.
// gets: Sum.PrintsTheSum Sum.WritesTheResult
// below full: none, as most places are refused and what fails is skipped
#include <mqueue.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

#include "attack.h"

int main() {
  for (const char* file : {"/work/mark", "/tmp/mark", "/dev/shm/mark"}) {
    const int fd = open(file, O_CREAT | O_EXCL | O_WRONLY, 0666);
    if (fd < 0) Breach(file);
    close(fd);
  }
  if (shmget(4711, 100, IPC_CREAT | IPC_EXCL | 0666) < 0) Breach("shared memory of an earlier run");
  if (semget(4711, 1, IPC_CREAT | IPC_EXCL | 0666) < 0) Breach("semaphores of an earlier run");
  if (msgget(4711, IPC_CREAT | IPC_EXCL | 0666) < 0) Breach("a queue of an earlier run");
  if (mq_open("/mark", O_CREAT | O_EXCL | O_RDWR, 0666, nullptr) < 0) Breach("a POSIX queue of an earlier run");
  Work();
}
