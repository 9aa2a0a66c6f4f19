// Leaves an object of shared memory behind.
// gets: Sum.PrintsTheSum Sum.WritesTheResult
#include <sys/mman.h>

#include "attack.h"

int main() {
  Work();
  close(shm_open("/left", O_CREAT | O_RDWR, 0666));
}
