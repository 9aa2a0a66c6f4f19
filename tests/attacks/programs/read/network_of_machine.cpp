// Looks at the machine's network.
// gets: all
// below full: not stopped, it sees what devices and sockets the machine has
#include "attack.h"

int main() {
  FILE* devices = fopen("/proc/net/dev", "r");
  char line[512];
  int interfaces = 0;
  while (fgets(line, sizeof line, devices) != nullptr) interfaces += strchr(line, ':') != nullptr ? 1 : 0;
  fclose(devices);
  if (interfaces != 1) Breach("an interface besides the loopback");
  FILE* sockets = fopen("/proc/net/unix", "r");
  int lines = 0;
  while (fgets(line, sizeof line, sockets) != nullptr) ++lines;
  fclose(sockets);
  if (lines > 1) Breach("a socket of somebody else");
  Work();
}
