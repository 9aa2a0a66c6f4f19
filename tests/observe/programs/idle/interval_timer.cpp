// Counts ticks of a repeating timer.
#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

volatile sig_atomic_t ticks = 0;

int main() {
  signal(SIGALRM, [](int) { ticks = ticks + 1; });
  sigset_t blocked, none;
  sigemptyset(&none);
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGALRM);
  sigprocmask(SIG_BLOCK, &blocked, nullptr);
  const itimerval period{{0, 100'000}, {0, 100'000}};
  setitimer(ITIMER_REAL, &period, nullptr);
  while (ticks < 4) sigsuspend(&none);
}
