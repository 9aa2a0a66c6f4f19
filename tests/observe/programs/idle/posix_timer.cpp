// A timer that runs a function in a thread of its own, which posts a semaphore.
#include <semaphore.h>
#include <signal.h>
#include <time.h>

sem_t due;

int main() {
  sem_init(&due, 0, 0);
  sigevent event{};
  event.sigev_notify = SIGEV_THREAD;
  event.sigev_notify_function = [](sigval) { sem_post(&due); };
  timer_t timer;
  timer_create(CLOCK_MONOTONIC, &event, &timer);
  const itimerspec once{{0, 0}, {0, 300'000'000}};
  timer_settime(timer, 0, &once, nullptr);
  sem_wait(&due);
}
