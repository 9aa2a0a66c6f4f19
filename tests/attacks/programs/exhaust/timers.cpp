// Makes timers that fire all the time.
// gets: none
#include <signal.h>
#include <sys/time.h>
#include <time.h>

#include "attack.h"

int main() {
  signal(SIGALRM, [](int) {});
  const itimerval often{{0, 1}, {0, 1}};
  setitimer(ITIMER_REAL, &often, nullptr);
  for (int i = 0; i < 1000; ++i) {
    sigevent event{};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGALRM;
    timer_t timer;
    if (timer_create(CLOCK_MONOTONIC, &event, &timer) != 0) break;
    const itimerspec rate{{0, 1000}, {0, 1000}};
    timer_settime(timer, 0, &rate, nullptr);
  }
  for (;;) pause();
}
