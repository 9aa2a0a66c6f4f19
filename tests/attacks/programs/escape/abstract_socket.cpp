// Connects to an abstract socket of the machine.
// gets: all
#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "attack.h"

int main() {
  sockaddr_un place{};
  place.sun_family = AF_UNIX;
  memcpy(place.sun_path + 1, OUTSIDE_NAME, sizeof OUTSIDE_NAME - 1);
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + sizeof OUTSIDE_NAME);
  const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
  Refused(connect(socket, reinterpret_cast<sockaddr*>(&place), size), "abstract socket");
  close(socket);
  Work();
}
