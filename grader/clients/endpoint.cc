#include "grader/clients/endpoint.h"

#include <arpa/inet.h>

#include <stdexcept>

namespace grader::clients {

SocketAddress AddressOf(const Endpoint& endpoint) {
  SocketAddress address;
  auto* const four = reinterpret_cast<sockaddr_in*>(&address.storage);
  auto* const six = reinterpret_cast<sockaddr_in6*>(&address.storage);
  if (inet_pton(AF_INET, endpoint.host.c_str(), &four->sin_addr) == 1) {
    four->sin_family = AF_INET;
    four->sin_port = htons(endpoint.port);
    address.size = sizeof *four;
  } else if (inet_pton(AF_INET6, endpoint.host.c_str(), &six->sin6_addr) == 1) {
    six->sin6_family = AF_INET6;
    six->sin6_port = htons(endpoint.port);
    address.size = sizeof *six;
  } else {
    throw std::logic_error("no address: " + endpoint.host);
  }
  return address;
}

std::string Describe(const Endpoint& endpoint) {
  const bool six = endpoint.host.find(':') != std::string::npos;
  return (six ? "[" + endpoint.host + "]" : endpoint.host) + ":" + std::to_string(endpoint.port);
}

}  // namespace grader::clients
