// A question of the quiz: what one recv gives after two sends.
#include <sys/socket.h>

#include <array>
#include <cstdio>

int main() {
  int ends[2];
  socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
  send(ends[0], "GET / HTTP/1.1\r\n", 16, 0);
  send(ends[0], "Host: a\r\n\r\n", 11, 0);
  std::array<char, 1024> bytes;
  std::printf("%d\n", static_cast<int>(recv(ends[1], bytes.data(), bytes.size(), 0)));
}
