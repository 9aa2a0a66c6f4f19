// Non-blocking accept: while nobody connects there is a tick every 100 ms. Clients are served one at a time; one that
// has been silent for a second is told so and closed.
#include <fcntl.h>
#include <poll.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <thread>

#include "server.h"

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

// Whether there is something to read within the time.
bool HasNews(int fd, std::chrono::milliseconds most) {
  pollfd client{fd, POLLIN, 0};
  return poll(&client, 1, static_cast<int>(most.count())) == 1;
}

void ServeOne(int fd) {
  lab::Connection connection(fd);
  auto last_message = Clock::now();
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(last_message + 1s - Clock::now());
    if (!HasNews(fd, std::max(left, 0ms))) {
      send(fd, "timeout\n", 8, MSG_NOSIGNAL);
      break;
    }
    const auto received = connection.TakeMessage();
    if (received == lab::Connection::Received::kEnd) break;
    last_message = Clock::now();
  }
  close(fd);
}

}  // namespace

int main(int argc, char* argv[]) {
  const lab::Address address = lab::ParseArguments({argv + 1, argv + argc}, "nonblock [host port]");
  std::signal(SIGTERM, [](int) { _exit(0); });
  const int listener = lab::Listen(address);
  fcntl(listener, F_SETFL, 0);
  for (;;) {
    const int client = accept4(listener, nullptr, nullptr, SOCK_NONBLOCK);
    if (client >= 0) {
      ServeOne(client);
      continue;
    }
    if (errno == EAGAIN) lab::WriteAll(STDOUT_FILENO, "tick\n");
    std::this_thread::sleep_for(100ms);  // from now, whatever the time should be: never in arrears
  }
}
