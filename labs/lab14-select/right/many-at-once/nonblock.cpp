// Looks at the listening socket and at all its clients every 20 ms; the ticks go on while clients are there.
#include <fcntl.h>
#include <time.h>

#include <csignal>
#include <list>

#include "server.h"

namespace {

long Now() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000 + now.tv_nsec / 1'000'000;
}

struct Guest {
  lab::Connection connection;
  long last;
};

}  // namespace

int main(int argc, char* argv[]) {
  const lab::Address address = lab::ParseArguments({argv + 1, argv + argc}, "nonblock [host port]");
  std::signal(SIGTERM, [](int) { _exit(0); });
  const int listener = lab::Listen(address);
  fcntl(listener, F_SETFL, fcntl(listener, F_GETFL) | O_NONBLOCK);
  std::list<Guest> guests;
  long next_tick = Now();
  for (;;) {
    for (int client; (client = accept4(listener, nullptr, nullptr, SOCK_NONBLOCK)) >= 0;) {
      guests.push_back({lab::Connection(client), Now()});
    }
    for (auto guest = guests.begin(); guest != guests.end();) {
      lab::Connection::Received received;
      while ((received = guest->connection.TakeMessage()) == lab::Connection::Received::kMessage) guest->last = Now();
      const bool silent = Now() - guest->last >= 1000;
      if (silent) send(guest->connection.fd(), "timeout", 7, MSG_NOSIGNAL);
      if (!silent && received != lab::Connection::Received::kEnd) {
        ++guest;
        continue;
      }
      close(guest->connection.fd());
      guest = guests.erase(guest);
    }
    if (Now() >= next_tick) {
      lab::WriteAll(1, "tick\n");
      next_tick = Now() + 100;
    }
    const timespec pause{0, 20'000'000};
    nanosleep(&pause, nullptr);
  }
}
