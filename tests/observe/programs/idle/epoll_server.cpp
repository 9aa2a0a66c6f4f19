#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

int main() {
  const int listener = socket(AF_INET6, SOCK_STREAM, 0);
  listen(listener, 8);
  const int set = epoll_create1(0);
  epoll_event event{EPOLLIN, {}};
  epoll_ctl(set, EPOLL_CTL_ADD, listener, &event);
  write(1, "ready\n", 6);
  epoll_wait(set, &event, 1, -1);
}
