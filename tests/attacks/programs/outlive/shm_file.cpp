// Leaves an object of shared memory behind.
// gets: Sum.PrintsTheSum Sum.WritesTheResult
// below full: all, as it may write in folders of its own only
#include <sys/mman.h>

#include "attack.h"

int main() {
  Work();
  close(shm_open("/left", O_CREAT | O_RDWR, 0666));
}
