// Waits in poll for the listening socket, and then in recv for one client after the other.
#include <poll.h>

#include <csignal>

#include "server.h"

int main(int argc, char* argv[]) {
  const lab::Address address = lab::ParseArguments({argv + 1, argv + argc}, "poll_server [host port]");
  std::signal(SIGTERM, [](int) { _exit(0); });
  pollfd listener{lab::Listen(address), POLLIN, 0};
  for (;;) {
    if (poll(&listener, 1, -1) != 1) continue;
    const int client = accept(listener.fd, nullptr, nullptr);
    if (client < 0) continue;
    lab::Connection connection(client);
    while (connection.TakeMessage() != lab::Connection::Received::kEnd) {
    }
    close(client);
  }
}
