// With getaddrinfo, so that names and IPv6 addresses work too; prints what arrives as it is, without anything between.
#pragma once

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace lab {

struct Address {
  std::string host = "0.0.0.0";
  std::string port = "8888";
};

inline Address ParseArguments(int argc, char* argv[]) {
  if (argc == 1) return {};
  char* end = nullptr;
  const long port = argc == 3 ? std::strtol(argv[2], &end, 10) : -1;
  if (argc != 3 || port < 0 || port > 65535 || end == argv[2] || *end != '\0' ||
      std::strchr("0123456789", argv[2][0]) == nullptr) {
    std::fprintf(stderr, "%s takes no arguments, or two: host and port\n", argv[0]);
    std::exit(2);
  }
  return {argv[1], argv[2]};
}

inline int Listen(const Address& address) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  if (const int error = getaddrinfo(address.host.c_str(), address.port.c_str(), &hints, &found); error != 0) {
    std::fprintf(stderr, "getaddrinfo: %s\n", gai_strerror(error));
    std::exit(1);
  }
  const int listener = socket(found->ai_family, found->ai_socktype, found->ai_protocol);
  const int yes = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind(listener, found->ai_addr, found->ai_addrlen) != 0 || listen(listener, 1) != 0) {
    std::perror("bind or listen");
    std::exit(1);
  }
  sockaddr_storage own{};
  socklen_t size = sizeof own;
  getsockname(listener, reinterpret_cast<sockaddr*>(&own), &size);
  char port[8];
  getnameinfo(reinterpret_cast<sockaddr*>(&own), size, nullptr, 0, port, sizeof port, NI_NUMERICSERV | NI_NUMERICHOST);
  std::printf("server starts\nlistening on %s:%s\n", address.host.c_str(), port);
  std::fflush(stdout);
  freeaddrinfo(found);
  return listener;
}

inline int Accept(int listener) {
  int client = -1;
  while ((client = accept(listener, nullptr, nullptr)) < 0) {
  }
  return client;
}

inline void Serve(int client) {
  signal(SIGPIPE, SIG_IGN);
  char message[1024];
  ssize_t size = 0;
  while ((size = recv(client, message, sizeof message, 0)) > 0) {
    const ssize_t printed = write(1, message, static_cast<std::size_t>(size));
    const ssize_t sent = write(client, "OK", 2);
    if (printed < 0 || sent < 0) break;
  }
  close(client);
}

}  // namespace lab
