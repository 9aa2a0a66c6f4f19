#pragma once

#include <netinet/in.h>

#include <cstdint>
#include <string>

namespace grader::clients {

// Where a server inside a sandbox listens. host is a numeric IPv4 or IPv6 address.
struct Endpoint {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;
};

// An endpoint for connect(2).
struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;

  int family() const { return storage.ss_family; }
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

// Throws std::logic_error if host is no address.
SocketAddress AddressOf(const Endpoint& endpoint);

// "127.0.0.1:8888", "[::1]:8888".
std::string Describe(const Endpoint& endpoint);

}  // namespace grader::clients
