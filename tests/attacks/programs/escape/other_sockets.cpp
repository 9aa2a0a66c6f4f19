// Opens sockets to the kernel and to virtual machines.
// gets: all
#include <sys/socket.h>

#include "attack.h"

int main() {
  Refused(socket(AF_NETLINK, SOCK_RAW, 0), "netlink");
  Refused(socket(AF_PACKET, SOCK_RAW, 0), "packet");
  Refused(socket(AF_INET, SOCK_RAW, 1), "raw");
  Refused(socket(40, SOCK_STREAM, 0), "vsock");
  Refused(socket(AF_ALG, SOCK_SEQPACKET, 0), "crypto");
  Refused(socket(AF_BLUETOOTH, SOCK_RAW, 1), "bluetooth");
  Work();
}
