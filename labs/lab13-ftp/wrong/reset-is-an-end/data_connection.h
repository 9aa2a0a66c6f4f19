// The second connection of FTP: one for each transfer. In passive mode the server listens and the client connects.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>

#include "waiting.h"

namespace lab {

// The control connection has ended while a transfer was going on.
struct ClientGone {};

// Listens on a port of the kernel's choice, at the address at which the client has reached us.
inline Fd ListenBeside(int control) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  if (getsockname(control, reinterpret_cast<sockaddr*>(&address), &size) == -1) Fail("getsockname");
  address.sin_port = 0;
  Fd listener(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!listener) Fail("socket");
  if (bind(listener.get(), reinterpret_cast<sockaddr*>(&address), size) == -1) Fail("bind");
  if (listen(listener.get(), 1) == -1) Fail("listen");
  return listener;
}

inline sockaddr_in AddressOf(const Fd& socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  if (getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size) == -1) Fail("getsockname");
  return address;
}

// A transfer in progress. Throws ClientGone when the control connection ends, std::system_error when the data
// connection breaks.
class DataConnection {
 public:
  DataConnection(const Fd& listener, int control) : control_(control) {
    Await(listener.get(), POLLIN);
    data_ = Fd(accept4(listener.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (!data_) Fail("accept");
  }

  void Send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = send(data_.get(), bytes.data(), bytes.size(), 0);
      if (sent >= 0) {
        bytes.remove_prefix(static_cast<std::size_t>(sent));
      } else if (errno == EAGAIN) {
        Await(data_.get(), POLLOUT);
      } else {
        Fail("send");
      }
    }
  }

  // Some bytes; none at the end of file.
  std::string_view Receive() {
    while (true) {
      const ssize_t received = recv(data_.get(), buffer_, sizeof buffer_, 0);
      if (received >= 0) return {buffer_, static_cast<std::size_t>(received)};
      if (errno != EAGAIN) return {};
      Await(data_.get(), POLLIN);
    }
  }

  // Throws ClientGone unless the control connection is still there.
  void ExpectControl() const {
    pollfd control{control_, POLLRDHUP, 0};
    if (poll(&control, 1, 0) == 1 && control.revents != 0) throw ClientGone{};
  }

 private:
  void Await(int descriptor, short events) {
    std::vector<pollfd> both{{descriptor, events, 0}, {control_, POLLRDHUP, 0}};
    while (both[0].revents == 0) {
      WaitForAny(both);
      if (both[0].revents == 0 && both[1].revents != 0) throw ClientGone{};
    }
  }

  int control_;
  Fd data_;
  char buffer_[65536];
};

}  // namespace lab
