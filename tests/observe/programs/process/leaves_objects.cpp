// Leaves one of each kind behind.
#include <fcntl.h>
#include <mqueue.h>
#include <semaphore.h>
#include <sys/mman.h>
#include <sys/sem.h>
#include <unistd.h>

int main() {
  shm_open("/left", O_CREAT | O_RDWR, 0600);
  sem_open("/left", O_CREAT, 0600, 1);
  mq_open("/left", O_CREAT | O_RDWR, 0600, nullptr);
  semget(IPC_PRIVATE, 1, 0600);
  open("/tmp/left", O_CREAT | O_WRONLY, 0600);
  write(open("result", O_CREAT | O_WRONLY, 0600), "42\n", 3);
  symlink("/etc/passwd", "link");
}
