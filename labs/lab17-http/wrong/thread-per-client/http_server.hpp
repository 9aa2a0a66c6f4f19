// HTTPServer: one process, a thread for each client.
#pragma once

#include <poll.h>

#include <csignal>
#include <cstdio>
#include <string>
#include <thread>
#include <utility>

#include "connection.h"
#include "listen.h"

namespace lab {

class HTTPServer {
 public:
  // Listens, and serves the files of that folder. Throws what failed.
  HTTPServer(std::string host, std::uint16_t port, const std::string& folder)
      : site_(folder), host_(std::move(host)), listening_(Listen(host_, port)) {}

  void handle(std::string path, Handler handler) { site_.Handle(std::move(path), std::move(handler)); }

  // Serves until SIGTERM.
  void serve_forever() {
    std::signal(SIGPIPE, SIG_IGN);  // a client that has gone is no reason to end, and sendfile has no MSG_NOSIGNAL
    std::signal(SIGTERM, [](int) { _exit(0); });
    std::printf("listening on %s:%d\n", host_.c_str(), PortOf(listening_));
    std::fflush(stdout);
    for (;;) {
      pollfd wanted{.fd = listening_.get(), .events = POLLIN, .revents = 0};
      poll(&wanted, 1, -1);
      Fd socket(accept4(listening_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
      if (socket) std::thread([this, fd = std::move(socket)]() mutable { ServeClient(std::move(fd)); }).detach();
    }
  }

 private:
  // Each client has a thread, which may wait for it.
  void ServeClient(Fd socket) const {
    Connection connection(std::move(socket), site_);
    pollfd wanted{.fd = connection.descriptor(), .events = POLLIN, .revents = 0};
    do {
      wanted.events = connection.IsSending() ? POLLOUT : POLLIN;
      poll(&wanted, 1, -1);
    } while (connection.Continue());
  }

  Site site_;
  std::string host_;
  Fd listening_;
};

}  // namespace lab
