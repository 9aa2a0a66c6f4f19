// Makes counters, timers, watchers and files in memory until it may not.
// gets: all
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>

#include "attack.h"

int main() {
  sigset_t all;
  sigfillset(&all);
  const itimerspec soon = {{0, 1}, {0, 1}};
  int last = -1;
  for (;;) {
    const int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    timerfd_settime(timer, 0, &soon, nullptr);
    const int watcher = epoll_create1(0);
    epoll_event event = {EPOLLIN | EPOLLET, {}};
    epoll_ctl(watcher, EPOLL_CTL_ADD, timer, &event);
    if (last >= 0) epoll_ctl(watcher, EPOLL_CTL_ADD, last, &event);  // watchers of watchers
    last = watcher;
    Quietly(eventfd(1, 0) + signalfd(-1, &all, 0));
    if (memfd_create("x", 0) < 0) break;
  }
  for (int fd = 3; fd < 1 << 16; ++fd) close(fd);
  Work();
}
