// pselect, with SIGTERM let in only while it waits; a set of its own for all, copied before each call.
#include <sys/select.h>

#include <csignal>

#include "server.h"

namespace {
volatile std::sig_atomic_t ended = 0;
}

int main(int argc, char* argv[]) {
  const lab::Address address = lab::ParseArguments({argv + 1, argv + argc}, "select_server [host port]");
  struct sigaction action {};
  action.sa_handler = [](int) { ended = 1; };
  sigaction(SIGTERM, &action, nullptr);
  sigset_t term;
  sigset_t before;
  sigemptyset(&term);
  sigaddset(&term, SIGTERM);
  sigprocmask(SIG_BLOCK, &term, &before);
  const int listener = lab::Listen(address);
  fd_set all;
  FD_ZERO(&all);
  FD_SET(listener, &all);
  int highest = listener;
  char message[1024];
  while (ended == 0) {
    fd_set ready = all;
    if (pselect(highest + 1, &ready, nullptr, nullptr, nullptr, &before) < 0) continue;
    for (int fd = 0; fd <= highest; ++fd) {
      if (!FD_ISSET(fd, &ready)) continue;
      if (fd == listener) {
        const int client = accept4(listener, nullptr, nullptr, SOCK_NONBLOCK);
        if (client >= FD_SETSIZE) {
          close(client);
        } else if (client >= 0) {
          FD_SET(client, &all);
          highest = client > highest ? client : highest;
        } else if (errno == EMFILE) {
          FD_CLR(listener, &all);
        }
        continue;
      }
      const ssize_t size = recv(fd, message, sizeof message, 0);
      if (size > 0) {
        lab::WriteAll(1, {message, static_cast<std::size_t>(size)});
        send(fd, "OK", 2, MSG_NOSIGNAL);
        continue;
      }
      if (size < 0 && errno == EAGAIN) continue;
      FD_CLR(fd, &all);
      close(fd);
      FD_SET(listener, &all);
    }
  }
}
