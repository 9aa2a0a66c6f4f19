// Leaves a socket as its result.
// gets: Sum.PrintsTheSum Sum.LeavesNothingBehind
#include <sys/socket.h>
#include <sys/un.h>

#include "attack.h"

int main() {
  PrintSum();
  sockaddr_un place{AF_UNIX, "result"};
  const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
  Quietly(bind(socket, reinterpret_cast<sockaddr*>(&place), sizeof place));
  close(socket);
}
