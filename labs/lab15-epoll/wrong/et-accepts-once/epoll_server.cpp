// One process, one thread, epoll(7), level-triggered or (--et) edge-triggered.
#include <sys/epoll.h>

#include <csignal>
#include <map>
#include <set>
#include <utility>

#include "server.h"

namespace {

class EpollServer {
 public:
  EpollServer(int listener, bool edge) : epoll_(epoll_create1(0)), listener_(listener), edge_(edge ? EPOLLET : 0U) {
    if (epoll_ < 0) lab::Fail("epoll_create1");
    Control(EPOLL_CTL_ADD, listener_, EPOLLIN | edge_);
  }

  [[noreturn]] void Run() {
    epoll_event events[64];
    for (;;) {
      // Whose turn was over before all was read is not told of again by an edge: it goes on as soon as the others had
      // theirs.
      const int count = epoll_wait(epoll_, events, 64, unfinished_.empty() ? -1 : 0);
      if (count < 0 && errno != EINTR) lab::Fail("epoll_wait");
      for (int i = 0; i < count; ++i) {
        if (events[i].data.fd == listener_) {
          AcceptOne();
        } else {
          Serve(events[i].data.fd, events[i].events);
        }
      }
      for (const int client : std::exchange(unfinished_, {})) {
        if (connections_.contains(client)) Serve(client, EPOLLIN);
      }
    }
  }

 private:
  void Control(int operation, int fd, std::uint32_t events) {
    epoll_event event{};
    event.events = events;
    event.data.fd = fd;
    if (epoll_ctl(epoll_, operation, fd, &event) != 0) lab::Fail("epoll_ctl");
  }

  void AcceptOne() {
    const int client = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK);
    if (client < 0) {
      if (lab::IsExhausted()) Control(EPOLL_CTL_MOD, listener_, 0);  // until one leaves
      return;
    }
    connections_.emplace(client, lab::Connection(client));
    Control(EPOLL_CTL_ADD, client, edge_ != 0 ? EPOLLIN | EPOLLOUT | edge_ : EPOLLIN);
  }

  void Serve(int client, std::uint32_t events) {
    lab::Connection& connection = connections_.at(client);
    if (connection.owes() && (events & (EPOLLERR | EPOLLHUP)) != 0) return Remove(client);
    if (!connection.Pay()) return Remove(client);
    using Received = lab::Connection::Received;
    constexpr int kTurn = 16;  // messages, so that who never stops sending keeps nobody waiting
    const int most = edge_ != 0 ? kTurn : 1;
    Received received = Received::kNothing;
    for (int i = 0; i < most && !connection.owes(); ++i) {
      received = connection.TakeMessage();
      if (received != Received::kMessage) break;
    }
    if (received == Received::kEnd) return Remove(client);
    if (edge_ == 0) {
      Control(EPOLL_CTL_MOD, client, connection.owes() ? EPOLLOUT : EPOLLIN);
    } else if (received == Received::kMessage && !connection.owes()) {
      unfinished_.insert(client);
    }
  }

  void Remove(int client) {
    close(client);
    connections_.erase(client);
    Control(EPOLL_CTL_MOD, listener_, EPOLLIN | edge_);  // there is a descriptor again
  }

  int epoll_;
  int listener_;
  std::uint32_t edge_;
  std::map<int, lab::Connection> connections_;
  std::set<int> unfinished_;
};

}  // namespace

int main(int argc, char* argv[]) {
  std::vector<std::string> words(argv + 1, argv + argc);
  const bool edge = !words.empty() && words.front() == "--et";
  if (edge) words.erase(words.begin());
  const lab::Address address = lab::ParseArguments(words, "epoll_server [--et] [host port]");
  std::signal(SIGTERM, [](int) { _exit(0); });
  EpollServer(lab::Listen(address), edge).Run();
}
