// The socket that clients connect to.
#pragma once

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <charconv>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>

#include "basics.h"

namespace lab {

inline std::uint16_t ParsePort(const std::string& text) {
  std::uint16_t port = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, port);
  if (error != std::errc{} || rest != end) throw UsageError{};
  return port;
}

// Listens there, without ever blocking. Throws what failed.
inline Fd Listen(const std::string& host, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_family = AF_INET;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  if (const int error = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found); error != 0) {
    throw std::runtime_error("getaddrinfo: " + host + ": " + gai_strerror(error));
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> address(found, freeaddrinfo);
  Fd listening(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!listening) Fail("socket");
  const int on = 1;  // a restart need not wait until the connections of the last run are forgotten
  if (setsockopt(listening.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == -1) Fail("setsockopt");
  if (bind(listening.get(), address->ai_addr, address->ai_addrlen) == -1) Fail("bind");
  if (listen(listening.get(), SOMAXCONN) == -1) Fail("listen");
  return listening;
}

// The port that it really has: port 0 lets the kernel choose.
inline std::uint16_t PortOf(const Fd& listening) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  if (getsockname(listening.get(), reinterpret_cast<sockaddr*>(&address), &size) == -1) Fail("getsockname");
  return ntohs(address.sin_port);
}

}  // namespace lab
