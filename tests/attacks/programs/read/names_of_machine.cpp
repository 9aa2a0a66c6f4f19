// Asks for the names of machine and user.
// gets: all
// below full: not stopped, it has the name and the users of the machine
#include <sys/utsname.h>

#include "attack.h"

int main() {
  utsname names{};
  uname(&names);
  if (strcmp(names.nodename, "sandbox") != 0) Breach(names.nodename);
  if (getuid() != 1000 || getgid() != 1000) Breach("a user of the machine");
  Work();
}
