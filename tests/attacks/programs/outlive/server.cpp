// Leaves a server behind.
// gets: Sum.PrintsTheSum Sum.WritesTheResult
// below full: all, as there are no sockets
#include <netinet/in.h>
#include <sys/socket.h>

#include "attack.h"

int main() {
  Work();
  fflush(stdout);
  if (fork() == 0) {
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_port = htons(4711);
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    if (bind(socket, reinterpret_cast<sockaddr*>(&place), sizeof place) != 0) Breach("an earlier run has the port");
    listen(socket, 1);
    Quietly(accept(socket, nullptr, nullptr));
    for (;;) pause();
  }
}
