#include <sys/epoll.h>
#include <unistd.h>

int main() {
  int ends[2];
  pipe(ends);
  const int set = epoll_create1(0);
  epoll_event event{EPOLLIN, {}};
  epoll_ctl(set, EPOLL_CTL_ADD, ends[0], &event);
  epoll_wait(set, &event, 1, -1);  // stuck
}
