// Makes one of each kind of IPC object, and removes what would stay.
#include <fcntl.h>
#include <mqueue.h>
#include <semaphore.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <unistd.h>

int main() {
  int ends[2];
  pipe(ends);
  socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
  const int memory = shm_open("/observed", O_CREAT | O_RDWR, 0600);
  ftruncate(memory, 4096);
  mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
  shm_unlink("/observed");
  sem_open("/observed", O_CREAT, 0600, 1);
  sem_unlink("/observed");
  mq_open("/observed", O_CREAT | O_RDWR, 0600, nullptr);
  mq_unlink("/observed");
  eventfd(0, 0);
  shmctl(shmget(IPC_PRIVATE, 4096, 0600), IPC_RMID, nullptr);
  semctl(semget(IPC_PRIVATE, 1, 0600), 0, IPC_RMID);
  msgctl(msgget(IPC_PRIVATE, 0600), IPC_RMID, nullptr);
}
