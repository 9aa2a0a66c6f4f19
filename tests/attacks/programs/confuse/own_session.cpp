// Leads a session and a group of its own.
// gets: all
#include "attack.h"

int main() {
  setsid();
  setpgid(0, 0);
  signal(SIGHUP, SIG_IGN);
  Work();
}
