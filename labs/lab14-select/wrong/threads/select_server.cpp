// Waits in select for the listening socket only; each client has a thread.
#include <sys/select.h>

#include <csignal>
#include <thread>

#include "server.h"

int main(int argc, char* argv[]) {
  const lab::Address address = lab::ParseArguments({argv + 1, argv + argc}, "select_server [host port]");
  std::signal(SIGTERM, [](int) { _exit(0); });
  const int listener = lab::Listen(address);
  for (;;) {
    fd_set set;
    FD_ZERO(&set);
    FD_SET(listener, &set);
    if (select(listener + 1, &set, nullptr, nullptr, nullptr) != 1) continue;
    const int client = accept(listener, nullptr, nullptr);
    if (client < 0) continue;
    std::thread([client] {
      lab::Connection connection(client);
      while (connection.TakeMessage() != lab::Connection::Received::kEnd) {
      }
      close(client);
    }).detach();
  }
}
