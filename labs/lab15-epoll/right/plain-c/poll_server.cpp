// A fixed array, blocking sockets of which one recv is made for each news, and sends that do not wait; ppoll. Who is
// out of descriptors gives one away that it had kept for that, to accept and close.
#include <fcntl.h>
#include <poll.h>

#include <csignal>

#include "server.h"

namespace {
constexpr int kMost = 4096;
pollfd polled[kMost];
int count = 1;
int spare = -1;
}  // namespace

int main(int argc, char* argv[]) {
  const lab::Address address = lab::ParseArguments({argv + 1, argv + argc}, "poll_server [host port]");
  signal(SIGPIPE, SIG_IGN);
  signal(SIGTERM, [](int) { _exit(0); });
  polled[0] = {lab::Listen(address), POLLIN, 0};
  spare = open("/dev/null", O_RDONLY);
  char message[1024];
  for (;;) {
    const int ready = ppoll(polled, static_cast<nfds_t>(count), nullptr, nullptr);
    if (ready < 0) continue;
    for (int i = 1; i < count; ++i) {
      if (polled[i].revents == 0) continue;
      const ssize_t size = recv(polled[i].fd, message, sizeof message, MSG_DONTWAIT);
      if (size > 0) {
        if (write(1, message, static_cast<size_t>(size)) < 0 || send(polled[i].fd, "OK\n", 3, MSG_DONTWAIT) < 0)
          continue;
        continue;
      }
      if (size < 0 && errno == EAGAIN) continue;
      close(polled[i].fd);
      polled[i--] = polled[--count];
    }
    if ((polled[0].revents & POLLIN) == 0) continue;
    const int client = accept(polled[0].fd, nullptr, nullptr);
    if (client >= 0 && count < kMost) {
      polled[count++] = {client, POLLIN, 0};
    } else if (client < 0 && errno == EMFILE) {
      close(spare);
      close(accept(polled[0].fd, nullptr, nullptr));
      spare = open("/dev/null", O_RDONLY);
    }
  }
}
