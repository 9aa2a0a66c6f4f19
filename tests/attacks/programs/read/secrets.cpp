// Reads what only root may, and who uses the machine.
// gets: all
#include <pwd.h>

#include "attack.h"

int main() {
  for (const char* file : {"/etc/shadow", "/etc/hostname", "/etc/machine-id", "/root", "/home", "/var/log", "/run",
                           "/sys/kernel", "/boot", "/etc/ssh", "/var/lib"}) {
    Refused(open(file, O_RDONLY), file);
  }
  if (getpwuid(65533) != nullptr || getpwnam("daemon") != nullptr) Breach("a user of the machine");
  Work();
}
