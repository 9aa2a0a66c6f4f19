// Echoes to any number of clients in one thread; ends with 0 or by abort() when a client says so.
#include <sys/epoll.h>

#include <cstdlib>
#include <string_view>

#include "listening.h"

int main() {
  const int listener = Listen();
  const int poller = epoll_create1(0);
  epoll_event event{EPOLLIN, {.fd = listener}};
  epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event);
  for (;;) {
    epoll_wait(poller, &event, 1, -1);
    if (event.data.fd == listener) {
      const int client = accept(listener, nullptr, nullptr);
      event = {EPOLLIN, {.fd = client}};
      epoll_ctl(poller, EPOLL_CTL_ADD, client, &event);
      continue;
    }
    char buffer[4096];
    const ssize_t size = recv(event.data.fd, buffer, sizeof buffer, 0);
    if (size <= 0) {
      close(event.data.fd);
      continue;
    }
    const std::string_view said(buffer, static_cast<std::size_t>(size));
    if (said == "end") return 0;
    if (said == "crash") abort();
    send(event.data.fd, buffer, said.size(), MSG_NOSIGNAL);
  }
}
