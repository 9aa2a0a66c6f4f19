// One process per client, which echoes and ends; none is reaped.
#include "listening.h"

int main() {
  const int listener = Listen();
  for (;;) {
    const int client = accept(listener, nullptr, nullptr);
    if (fork() == 0) {
      char buffer[4096];
      for (ssize_t size; (size = recv(client, buffer, sizeof buffer, 0)) > 0;) send(client, buffer, size, 0);
      _exit(0);
    }
    close(client);
  }
}
