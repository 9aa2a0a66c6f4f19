// Prints each network interface and whether it is up, and whether the world outside can be reached.
#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

int main() {
  const int fd = socket(AF_INET, SOCK_DGRAM, 0);
  for (int index = 1; index < 64; ++index) {
    ifreq request{};
    request.ifr_ifindex = index;
    if (ioctl(fd, SIOCGIFNAME, &request) != 0) continue;
    ioctl(fd, SIOCGIFFLAGS, &request);
    std::printf("%s %s\n", request.ifr_name, (request.ifr_flags & IFF_UP) != 0 ? "up" : "down");
  }
  sockaddr_in outside{};
  outside.sin_family = AF_INET;
  outside.sin_port = htons(53);
  outside.sin_addr.s_addr = htonl(0x01010101);
  const int result = connect(fd, reinterpret_cast<sockaddr*>(&outside), sizeof outside);
  std::printf("outside %s\n", result == 0 ? "reached" : strerrorname_np(errno));
}
