// Wakes up every 50 ms, and never answers.
#include <poll.h>

#include "listening.h"

int main() {
  pollfd listener{Listen(), POLLIN, 0};
  for (;;) {
    if (poll(&listener, 1, 50) == 1) accept(listener.fd, nullptr, nullptr);
  }
}
