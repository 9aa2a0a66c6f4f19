// A child takes the only permit and ends; an unnamed semaphore in memory that processes share.
#include <semaphore.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main() {
  sem_t* permit = static_cast<sem_t*>(mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  sem_init(permit, 1, 1);
  if (fork() == 0) {
    sem_wait(permit);
    _exit(0);
  }
  wait(nullptr);
  sem_wait(permit);  // stuck
}
