// Connects to a server of the machine, and to the world.
// gets: all
#include <arpa/inet.h>
#include <sys/socket.h>

#include "attack.h"

sockaddr_in Place(const char* address, int port) {
  sockaddr_in place{};
  place.sin_family = AF_INET;
  place.sin_port = htons(static_cast<unsigned short>(port));
  inet_pton(AF_INET, address, &place.sin_addr);
  return place;
}

int main() {
  const sockaddr_in places[] = {Place("127.0.0.1", OUTSIDE_PORT), Place("127.0.0.1", 22), Place("8.8.8.8", 53),
                                Place("169.254.169.254", 80)};
  for (const sockaddr_in& place : places) {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    Refused(connect(socket, reinterpret_cast<const sockaddr*>(&place), sizeof place), "connect");
    close(socket);
    const int talker = ::socket(AF_INET, SOCK_DGRAM, 0);
    if (place.sin_addr.s_addr != htonl(INADDR_LOOPBACK)) {
      Refused(sendto(talker, "x", 1, 0, reinterpret_cast<const sockaddr*>(&place), sizeof place), "sendto");
    }
    close(talker);
  }
  Work();
}
