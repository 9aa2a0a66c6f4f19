// The client's connections to the server: the control connection with its replies, and one for each transfer.
#pragma once

#include <netinet/in.h>

#include <cstdio>

#include "basics.h"

namespace lab {

// The server is gone; nothing more can be asked of it.
struct ServerGone : std::runtime_error {
  ServerGone() : std::runtime_error("the server has closed the connection") {}
};

class Connection {
 public:
  Connection(const std::string& host, std::uint16_t port) : address_(Resolve(host, port, size_)) {
    control_ = Connect(port);
  }

  // Another connection to the same machine.
  Fd Connect(std::uint16_t port) {
    reinterpret_cast<sockaddr_in&>(address_).sin_port = htons(port);
    Fd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!socket) Fail("socket");
    if (connect(socket.get(), reinterpret_cast<const sockaddr*>(&address_), size_) == -1) Fail("connect");
    return socket;
  }

  // The first reply to a command.
  std::string Ask(const std::string& command) {
    const std::string line = command + "\r\n";
    std::string_view rest = line;
    while (!rest.empty()) {
      const ssize_t sent = send(control_.get(), rest.data(), rest.size(), 0);
      if (sent == -1) throw ServerGone{};
      rest.remove_prefix(static_cast<std::size_t>(sent));
    }
    return ReadReply();
  }

  // A reply's last line: "213 120". Of several lines, 211-…, the last is the one with a blank (RFC 959, 4.2).
  std::string ReadReply() {
    std::string line = ReadLine();
    if (line.size() > 3 && line[3] == '-') {
      const std::string end = line.substr(0, 3) + ' ';
      do {
        line = ReadLine();
      } while (!line.starts_with(end));
    }
    return line;
  }

 private:
  std::string ReadLine() {
    while (true) {
      if (auto line = TakeLine(received_)) return *line;
      char buffer[4096];
      const ssize_t size = recv(control_.get(), buffer, sizeof buffer, 0);
      if (size <= 0) throw ServerGone{};
      received_.append(buffer, static_cast<std::size_t>(size));
    }
  }

  socklen_t size_ = 0;
  sockaddr_storage address_;
  Fd control_;
  std::string received_;
};

// The port out of "227 … (h1,h2,h3,h4,p1,p2)". The address is left alone: it is the one that we are connected to.
inline std::uint16_t PassivePort(const std::string& reply) {
  unsigned high = 0;
  unsigned low = 0;
  const auto numbers = reply.find_first_of("0123456789", 4);
  const bool read =
      numbers != std::string::npos && std::sscanf(reply.c_str() + numbers, "%*u,%*u,%*u,%*u,%u,%u", &high, &low) == 2;
  if (!read || high > 255 || low > 255) throw std::system_error(EPROTO, std::generic_category(), reply);
  return static_cast<std::uint16_t>(high * 256 + low);
}

}  // namespace lab
