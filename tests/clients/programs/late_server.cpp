// Serves one client, and answers it when 100 ms have passed, though no call that it sleeps in was given a time.
#include <poll.h>
#include <sys/time.h>
#include <sys/timerfd.h>

#include <csignal>
#include <cstdint>
#include <cstring>
#include <ctime>

#include "listening.h"

namespace {

constexpr long kMicroseconds = 100'000;

void SleepByTimerFd() {
  const int timer = timerfd_create(CLOCK_MONOTONIC, 0);
  itimerspec once{};
  once.it_value.tv_nsec = kMicroseconds * 1000;
  timerfd_settime(timer, 0, &once, nullptr);
  pollfd due{timer, POLLIN, 0};
  poll(&due, 1, -1);
}

// The alarm cannot come before the sleep, in which alone it is let through.
template <typename Start>
void SleepByAlarm(Start start) {
  sigset_t alarm;
  sigset_t before;
  sigemptyset(&alarm);
  sigaddset(&alarm, SIGALRM);
  sigprocmask(SIG_BLOCK, &alarm, &before);
  signal(SIGALRM, [](int) {});
  start();
  sigsuspend(&before);
}

void SleepByTimeout(int client) {
  const timeval time{0, kMicroseconds};
  setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
  char byte = 0;
  recv(client, &byte, 1, 0);
}

void StartTimer() {
  timer_t timer{};
  timer_create(CLOCK_MONOTONIC, nullptr, &timer);
  itimerspec once{};
  once.it_value.tv_nsec = kMicroseconds * 1000;
  timer_settime(timer, 0, &once, nullptr);
}

void StartIntervalTimer() {
  const itimerval once{{0, 0}, {0, kMicroseconds}};
  setitimer(ITIMER_REAL, &once, nullptr);
}

}  // namespace

int main(int, char** words) {
  const int listener = Listen();
  const int client = accept(listener, nullptr, nullptr);
  if (std::strcmp(words[1], "timerfd") == 0) SleepByTimerFd();
  if (std::strcmp(words[1], "receive") == 0) SleepByTimeout(client);
  if (std::strcmp(words[1], "setitimer") == 0) SleepByAlarm(StartIntervalTimer);
  if (std::strcmp(words[1], "timer") == 0) SleepByAlarm(StartTimer);
  send(client, "late", 4, MSG_NOSIGNAL);
  pause();
}
