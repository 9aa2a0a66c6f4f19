#include <fcntl.h>
#include <semaphore.h>

int main() {
  sem_t* turn = sem_open("/turn", O_CREAT, 0600, 0);
  sem_wait(turn);  // stuck
}
