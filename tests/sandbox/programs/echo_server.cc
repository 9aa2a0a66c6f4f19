// Serves one connection on 127.0.0.1:7000 and then one on [::1]:7000, echoing; says "listening" before each.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>

namespace {

void Serve(int listener, const sockaddr* address, socklen_t size) {
  if (bind(listener, address, size) != 0 || listen(listener, 8) != 0) {
    std::perror("listen");
    _exit(1);
  }
  std::puts("listening");
  std::fflush(stdout);
  const int client = accept(listener, nullptr, nullptr);
  char buffer[512];
  for (ssize_t got; (got = read(client, buffer, sizeof buffer)) > 0;) {
    if (write(client, buffer, static_cast<std::size_t>(got)) != got) _exit(1);
  }
  close(client);
}

}  // namespace

int main() {
  sockaddr_in four{};
  four.sin_family = AF_INET;
  four.sin_port = htons(7000);
  four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  Serve(socket(AF_INET, SOCK_STREAM, 0), reinterpret_cast<sockaddr*>(&four), sizeof four);
  sockaddr_in6 six{};
  six.sin6_family = AF_INET6;
  six.sin6_port = htons(7000);
  six.sin6_addr = in6addr_loopback;
  Serve(socket(AF_INET6, SOCK_STREAM, 0), reinterpret_cast<sockaddr*>(&six), sizeof six);
}
