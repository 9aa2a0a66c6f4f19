// Closes the ways to the grader, then does its work.
// gets: none
#include "attack.h"

int main() {
  for (int fd = 0; fd < 1024; ++fd) close(fd);
  Work();
}
