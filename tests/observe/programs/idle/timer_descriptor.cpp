// Waits for timers by read, poll and epoll.
#include <poll.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <cstdint>

int main() {
  const int timer = timerfd_create(CLOCK_MONOTONIC, 0);
  const itimerspec often{{0, 100'000'000}, {0, 100'000'000}};
  timerfd_settime(timer, 0, &often, nullptr);
  std::uint64_t count;
  read(timer, &count, sizeof count);
  pollfd polled{timer, POLLIN, 0};
  poll(&polled, 1, -1);
  read(timer, &count, sizeof count);
  const int set = epoll_create1(0);
  epoll_event event{EPOLLIN, {}};
  epoll_ctl(set, EPOLL_CTL_ADD, timer, &event);
  epoll_wait(set, &event, 1, -1);
}
