// Leaves a named semaphore behind.
// gets: Sum.PrintsTheSum Sum.WritesTheResult
// below full: all, as there is no IPC
#include <semaphore.h>

#include "attack.h"

int main() {
  Work();
  Quietly(sem_open("/left", O_CREAT, 0666, 1) != nullptr ? 0 : 1);
}
