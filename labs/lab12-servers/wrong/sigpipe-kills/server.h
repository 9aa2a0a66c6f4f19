// What the three servers of this lab have in common: arguments, the listening socket, one client, the end by SIGTERM.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

namespace lab {

[[noreturn]] inline void Fail(const char* call) {
  std::fprintf(stderr, "%s: %s\n", call, std::strerror(errno));
  std::exit(1);
}

[[noreturn]] inline void Usage(const char* program) {
  std::fprintf(stderr, "usage: %s [host port]\n", program);
  std::exit(2);
}

struct Address {
  std::string host = "0.0.0.0";
  std::uint16_t port = 8888;
};

inline Address ParseArguments(int argc, char* argv[]) {
  Address address;
  if (argc == 1) return address;
  if (argc != 3) Usage(argv[0]);
  address.host = argv[1];
  const std::string_view digits = argv[2];
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), address.port);
  if (error != std::errc{} || end != digits.data() + digits.size()) Usage(argv[0]);
  return address;
}

// write(2) takes what it can; the rest is for the next call.
inline bool WriteAll(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t size = write(fd, bytes.data(), bytes.size());
    if (size < 0 && errno != EINTR) return false;
    if (size > 0) bytes.remove_prefix(static_cast<std::size_t>(size));
  }
  return true;
}

// A socket that listens, and says so. Whoever was there before on this port is no obstacle (SO_REUSEADDR).
inline int Listen(const Address& address) {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (listener < 0) Fail("socket");
  const int yes = 1;
  if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0) Fail("setsockopt");
  sockaddr_in place{};
  place.sin_family = AF_INET;
  place.sin_port = htons(address.port);
  if (inet_pton(AF_INET, address.host.c_str(), &place.sin_addr) != 1) {
    std::fprintf(stderr, "%s is no address\n", address.host.c_str());
    std::exit(2);
  }
  if (bind(listener, reinterpret_cast<sockaddr*>(&place), sizeof place) != 0) Fail("bind");
  if (listen(listener, SOMAXCONN) != 0) Fail("listen");
  socklen_t size = sizeof place;
  if (getsockname(listener, reinterpret_cast<sockaddr*>(&place), &size) != 0) Fail("getsockname");
  WriteAll(STDOUT_FILENO, "listening on " + address.host + ":" + std::to_string(ntohs(place.sin_port)) + "\n");
  return listener;
}

// accept, again when a signal or a client that has gone already gets in the way.
inline int Accept(int listener) {
  for (;;) {
    const int client = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (client >= 0) return client;
    if (errno != EINTR && errno != ECONNABORTED) Fail("accept");
  }
}

// Prints and answers each message until the client leaves, in whatever way.
inline void Serve(int client) {
  char message[1024];
  for (;;) {
    const ssize_t size = recv(client, message, sizeof message, 0);
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) break;
    WriteAll(STDOUT_FILENO, std::string(message, static_cast<std::size_t>(size)) + "\n");
    if (send(client, "OK", 2, 0) < 0) break;
  }
  close(client);
}

}  // namespace lab
