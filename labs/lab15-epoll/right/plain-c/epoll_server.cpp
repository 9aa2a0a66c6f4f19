// EPOLLONESHOT beside EPOLLET: after each message the client is armed anew, and the kernel puts it behind the others.
#include <sys/epoll.h>

#include <csignal>

#include "server.h"

int main(int argc, char* argv[]) {
  std::vector<std::string> words(argv + 1, argv + argc);
  unsigned mode = EPOLLIN | EPOLLONESHOT;
  if (!words.empty() && words.front() == "--et") {
    mode |= EPOLLET;
    words.erase(words.begin());
  }
  const lab::Address address = lab::ParseArguments(words, "epoll_server [--et] [host port]");
  signal(SIGPIPE, SIG_IGN);
  signal(SIGTERM, [](int) { _exit(0); });
  const int listener = lab::Listen(address);
  listen(listener, 0);  // anew: the shortest backlog that there is
  const int poller = epoll_create1(0);
  epoll_event event{};
  event.events = EPOLLIN | EPOLLET;  // so that one that cannot be accepted does not call again and again
  event.data.fd = listener;
  epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event);
  char message[1024];
  const auto accept_all = [&] {
    for (int client; (client = accept(listener, nullptr, nullptr)) >= 0;) {
      epoll_event arm{};
      arm.events = mode;
      arm.data.fd = client;
      epoll_ctl(poller, EPOLL_CTL_ADD, client, &arm);
    }
  };
  for (;;) {
    if (epoll_pwait(poller, &event, 1, -1, nullptr) != 1) continue;
    if (event.data.fd == listener) {
      accept_all();
      continue;
    }
    const int client = event.data.fd;
    const ssize_t size = recv(client, message, sizeof message, 0);
    if (size <= 0) {
      close(client);
      accept_all();
      continue;
    }
    if (write(1, message, static_cast<size_t>(size)) < 0) return 1;
    send(client, "OK", 2, MSG_DONTWAIT);
    event.events = mode;
    epoll_ctl(poller, EPOLL_CTL_MOD, client, &event);
  }
}
