// HTTPServer: one process, one thread, epoll.
#pragma once

#include <sys/epoll.h>
#include <sys/signalfd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <list>
#include <string>
#include <unordered_map>
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

  // Serves until SIGTERM.
  void serve_forever() {
    std::signal(SIGPIPE, SIG_IGN);  // a client that has gone is no reason to end, and sendfile has no MSG_NOSIGNAL
    sigset_t end;
    sigemptyset(&end);
    sigaddset(&end, SIGTERM);
    sigprocmask(SIG_BLOCK, &end, nullptr);
    const Fd signals(signalfd(-1, &end, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!signals) Fail("signalfd");
    Watch(signals.get(), EPOLL_CTL_ADD, EPOLLIN);
    Watch(listening_.get(), EPOLL_CTL_ADD, EPOLLIN);
    std::printf("listening on %s:%d\n", host_.c_str(), PortOf(listening_));
    std::fflush(stdout);
    while (ServeOnce(signals.get())) CloseTheSilent();
  }

 private:
  using Clock = std::chrono::steady_clock;
  struct Client {
    Connection connection;
    Clock::time_point last_seen;
    bool sending = false;  // what epoll watches it for
  };
  using Clients = std::list<Client>;  // who has been silent for the longest time first

  static constexpr std::chrono::seconds kSilence{60};

  // Waits, and does what there is to do. False: it is time to end.
  bool ServeOnce(int signals) {
    std::array<epoll_event, 64> events;
    const int ready = epoll_wait(epoll_.get(), events.data(), events.size(), TimeLeft());
    if (ready == -1 && errno != EINTR) Fail("epoll_wait");
    for (int i = 0; i < ready; ++i) {
      const int descriptor = events.at(static_cast<std::size_t>(i)).data.fd;
      if (descriptor == signals) return false;
      if (descriptor == listening_.get()) {
        Accept();
      } else {
        Serve(places_.at(descriptor));
      }
    }
    return true;
  }

  void Watch(int descriptor, int operation, std::uint32_t events) const {
    epoll_event event{.events = events, .data = {.fd = descriptor}};
    if (epoll_ctl(epoll_.get(), operation, descriptor, &event) == -1) Fail("epoll_ctl");
  }

  void Accept() {
    for (;;) {
      Fd socket(accept4(listening_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
      if (!socket && (errno == EMFILE || errno == ENFILE)) {
        // Level-triggered, it would wake us again and again. There is room when a client has left.
        Watch(listening_.get(), EPOLL_CTL_MOD, 0);
        full_ = true;
      }
      if (!socket && errno != ECONNABORTED) return;
      if (!socket) continue;
      const int descriptor = socket.get();
      clients_.push_back({Connection(std::move(socket), site_), Clock::now()});
      places_[descriptor] = std::prev(clients_.end());
      Watch(descriptor, EPOLL_CTL_ADD, EPOLLIN);
    }
  }

  void Serve(Clients::iterator client) {
    if (!client->connection.Continue()) return Remove(client);
    if (!client->connection.IsClosing()) {
      client->last_seen = Clock::now();
      clients_.splice(clients_.end(), clients_, client);
    }
    if (client->connection.IsSending() == client->sending) return;
    client->sending = !client->sending;
    Watch(client->connection.descriptor(), EPOLL_CTL_MOD, client->sending ? EPOLLOUT : EPOLLIN);
  }

  void Remove(Clients::iterator client) {
    places_.erase(client->connection.descriptor());
    clients_.erase(client);  // closes the socket, and epoll forgets it
    if (!full_) return;
    full_ = false;
    Watch(listening_.get(), EPOLL_CTL_MOD, EPOLLIN);
  }

  // Milliseconds until somebody has been silent for too long; -1 if there is nobody.
  int TimeLeft() const {
    if (clients_.empty()) return -1;
    const auto left = clients_.front().last_seen + kSilence - Clock::now();
    return std::max(0, static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(left).count()));
  }

  void CloseTheSilent() {
    while (!clients_.empty() && clients_.front().last_seen + kSilence <= Clock::now()) Remove(clients_.begin());
  }

  Site site_;
  std::string host_;
  Fd listening_;
  Fd epoll_;
  Clients clients_;
  std::unordered_map<int, Clients::iterator> places_;
  bool full_ = false;  // no descriptors were left for a new client
};

}  // namespace lab
