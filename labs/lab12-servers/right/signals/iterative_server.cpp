// SIGTERM is read from a descriptor, in one poll with the client or the listener.
#include <poll.h>
#include <sys/signalfd.h>

#include "server.h"

namespace {

void EndIfAsked(int signals, int other) {
  pollfd both[2] = {{signals, POLLIN, 0}, {other, POLLIN, 0}};
  while (poll(both, 2, -1) < 0) {
  }
  if (both[0].revents != 0) _exit(0);
}

}  // namespace

int main(int argc, char* argv[]) {
  const lab::Address address = lab::ParseArguments(argc, argv);
  signal(SIGPIPE, SIG_IGN);
  sigset_t term;
  sigemptyset(&term);
  sigaddset(&term, SIGTERM);
  sigprocmask(SIG_BLOCK, &term, nullptr);
  const int signals = signalfd(-1, &term, 0);
  const int listener = lab::Listen(address);
  char message[100];  // smaller than it may be
  for (;;) {
    EndIfAsked(signals, listener);
    const int client = accept(listener, nullptr, nullptr);
    if (client < 0) continue;
    for (;;) {
      EndIfAsked(signals, client);
      const ssize_t size = read(client, message, sizeof message);
      if (size <= 0) break;
      std::fwrite(message, 1, static_cast<std::size_t>(size), stdout);
      std::fflush(stdout);
      if (write(client, "OK\n", 3) < 0) break;
    }
    shutdown(client, SHUT_RDWR);
    close(client);
  }
}
