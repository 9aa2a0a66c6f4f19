// Replaces the program that is graded.
// gets: all
#include <sys/stat.h>

#include "attack.h"

int main() {
  Refused(open("/box/sum", O_WRONLY | O_TRUNC), "write to the program");
  Refused(unlink("/box/sum"), "remove the program");
  Refused(rename("/box/sum", "/work/sum"), "move the program");
  Refused(chmod("/box/sum", 0), "chmod");
  Refused(open("/box/other", O_CREAT | O_WRONLY, 0755), "a file beside it");
  const int self = open("/proc/self/exe", O_RDWR);
  Refused(self, "write to /proc/self/exe");
  Work();
}
