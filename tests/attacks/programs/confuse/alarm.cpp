// Sets alarms for long after its end.
// gets: all
#include <sys/time.h>

#include "attack.h"

int main() {
  alarm(1000);
  const itimerval late{{1000, 0}, {1000, 0}};
  setitimer(ITIMER_VIRTUAL, &late, nullptr);
  Work();
}
