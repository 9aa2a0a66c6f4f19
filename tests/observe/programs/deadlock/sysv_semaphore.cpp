#include <sys/sem.h>

int main() {
  const int set = semget(IPC_PRIVATE, 1, 0600);
  sembuf take{0, -1, 0};
  semop(set, &take, 1);  // stuck
}
