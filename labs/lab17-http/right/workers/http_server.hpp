// HTTPServer: one process; a few threads sleep in one epoll set, and whom it wakes serves that client until it has to
// wait (EPOLLONESHOT: nobody else is told of it meanwhile).
#pragma once

#include <sys/epoll.h>

#include <csignal>
#include <cstdio>
#include <map>
#include <memory>
#include <mutex>
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
      : site_(folder), host_(std::move(host)), listening_(Listen(host_, port)), epoll_(epoll_create1(EPOLL_CLOEXEC)) {
    if (!epoll_) Fail("epoll_create1");
  }

  void handle(std::string path, Handler handler) { site_.Handle(std::move(path), std::move(handler)); }

  // Serves until SIGTERM. The threads end with the process.
  void serve_forever() {
    std::signal(SIGPIPE, SIG_IGN);  // a client that has gone is no reason to end, and sendfile has no MSG_NOSIGNAL
    sigset_t end;
    sigemptyset(&end);
    sigaddset(&end, SIGTERM);
    sigprocmask(SIG_BLOCK, &end, nullptr);
    Watch(EPOLL_CTL_ADD, listening_.get(), EPOLLIN, nullptr);
    for (int i = 0; i < kWorkers; ++i) std::thread([this] { Work(); }).detach();
    std::printf("listening on %s:%d\n", host_.c_str(), PortOf(listening_));
    std::fflush(stdout);
    int signal = 0;
    sigwait(&end, &signal);
    const std::lock_guard lock(mutex_);
    std::printf("%ld turns\n", turns_);
    std::fflush(stdout);
    _exit(0);
  }

 private:
  static constexpr int kWorkers = 3;

  void Watch(int operation, int descriptor, std::uint32_t events, void* data) const {
    epoll_event event{.events = events | EPOLLONESHOT, .data = {.ptr = data}};
    if (epoll_ctl(epoll_.get(), operation, descriptor, &event) == -1) Fail("epoll_ctl");
  }

  void Work() {
    for (;;) {
      epoll_event event{};
      if (epoll_wait(epoll_.get(), &event, 1, -1) != 1) continue;
      if (event.data.ptr == nullptr) {
        Accept();
      } else {
        Serve(*static_cast<Connection*>(event.data.ptr));
      }
    }
  }

  void Accept() {
    const std::lock_guard lock(mutex_);
    for (;;) {
      Fd socket(accept4(listening_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
      if (!socket && errno == ECONNABORTED) continue;
      full_ = !socket && (errno == EMFILE || errno == ENFILE);
      if (full_) return;  // there is room when a client has left
      if (!socket) return Watch(EPOLL_CTL_MOD, listening_.get(), EPOLLIN, nullptr);
      const int descriptor = socket.get();
      auto connection = std::make_unique<Connection>(std::move(socket), site_);
      Connection* const client = connection.get();
      clients_[descriptor] = std::move(connection);
      Watch(EPOLL_CTL_ADD, descriptor, EPOLLIN, client);
    }
  }

  // Only who was told of the client touches it, until it is watched again.
  void Serve(Connection& client) {
    {
      const std::lock_guard lock(mutex_);
      ++turns_;
    }
    const int descriptor = client.descriptor();
    if (client.Continue()) return Watch(EPOLL_CTL_MOD, descriptor, client.IsSending() ? EPOLLOUT : EPOLLIN, &client);
    const std::lock_guard lock(mutex_);
    clients_.erase(descriptor);
    if (std::exchange(full_, false)) Watch(EPOLL_CTL_MOD, listening_.get(), EPOLLIN, nullptr);
  }

  Site site_;
  std::string host_;
  Fd listening_;
  Fd epoll_;
  std::mutex mutex_;  // for all below
  std::map<int, std::unique_ptr<Connection>> clients_;
  long turns_ = 0;
  bool full_ = false;  // no descriptors were left for a new client
};

}  // namespace lab
