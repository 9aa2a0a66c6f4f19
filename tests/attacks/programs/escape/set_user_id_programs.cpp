// Runs programs that are root's.
// gets: all
#include "attack.h"

int main() {
  Quietly(system("/usr/bin/su -c 'echo BREACH' 2>/dev/null </dev/null"));
  Quietly(system("/usr/bin/mount -t tmpfs none /work 2>/dev/null && echo BREACH"));
  Quietly(
      system("cp /usr/bin/id /work/id && chmod 6755 /work/id && [ $(/work/id -u) = 0 ] && echo BREACH; rm /work/id"));
  Work();
}
