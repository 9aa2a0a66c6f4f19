// Sets the clock and the name of the machine.
// gets: all
#include <sys/time.h>
#include <sys/timex.h>
#include <time.h>

#include "attack.h"

int main() {
  timespec now{1, 0};
  Refused(clock_settime(CLOCK_REALTIME, &now), "clock_settime");
  timeval moment{1, 0};
  Refused(settimeofday(&moment, nullptr), "settimeofday");
  timex change{};
  change.modes = ADJ_OFFSET;
  Refused(adjtimex(&change), "adjtimex");
  Refused(sethostname("mine", 4), "sethostname");
  Refused(setdomainname("mine", 4), "setdomainname");
  Work();
}
