// Takes a better place at the processor, and gives init a worse one.
// gets: all
#include <sched.h>
#include <sys/resource.h>

#include "attack.h"

int main() {
  Refused(setpriority(PRIO_PROCESS, 0, -20), "setpriority");
  const sched_param best{50};
  Refused(sched_setscheduler(0, SCHED_FIFO, &best), "real time");
  const sched_param none{0};
  Refused(sched_setscheduler(1, SCHED_IDLE, &none), "the scheduling of init");
  cpu_set_t first{};
  CPU_SET(0, &first);
  Refused(sched_setaffinity(1, sizeof first, &first), "the processors of init");
  Refused(setpriority(PRIO_PROCESS, 1, 19), "the priority of init");
  Work();
}
