// Signals its group, its session and who would share its terminal.
// gets: all
#include "attack.h"

int main() {
  signal(SIGTERM, SIG_IGN);
  signal(SIGHUP, SIG_IGN);
  kill(0, SIGTERM);
  kill(0, SIGHUP);
  Work();
}
