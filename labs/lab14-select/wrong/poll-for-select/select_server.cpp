// One process, one thread, poll(2): who has something to say is asked of the kernel, in one call for all.
#include <poll.h>

#include <csignal>

#include "server.h"

namespace {

class PollServer {
 public:
  explicit PollServer(int listener) : polled_{{listener, POLLIN, 0}}, connections_{lab::Connection(listener)} {}

  [[noreturn]] void Run() {
    for (;;) {
      if (poll(polled_.data(), polled_.size(), -1) < 0 && errno != EINTR) lab::Fail("poll");
      // From the end, so that who leaves disturbs nobody who is still to be looked at.
      for (std::size_t i = polled_.size() - 1; i > 0; --i) {
        if (polled_[i].revents != 0) Serve(i);
      }
      if (polled_[0].revents != 0) AcceptAll();
    }
  }

 private:
  void AcceptAll() {
    for (;;) {
      const int client = accept4(polled_[0].fd, nullptr, nullptr, SOCK_NONBLOCK);
      if (client < 0) {
        // Its connection stays in the queue, so poll would return at once, again and again: nobody asks until one
        // leaves.
        if (lab::IsExhausted()) polled_[0].events = 0;
        return;
      }
      polled_.push_back({client, POLLIN, 0});
      connections_.emplace_back(client);
    }
  }

  void Serve(std::size_t i) {
    lab::Connection& connection = connections_[i];
    const short events = polled_[i].revents;
    bool stays = (events & POLLOUT) == 0 || connection.Pay();
    // While it owes an answer that the client does not take, it hears no more of that client.
    if (stays && !connection.owes()) stays = connection.TakeMessage() != lab::Connection::Received::kEnd;
    if (!stays || (connection.owes() && (events & (POLLERR | POLLHUP)) != 0)) return Remove(i);
    polled_[i].events = connection.owes() ? POLLOUT : POLLIN;
  }

  void Remove(std::size_t i) {
    close(polled_[i].fd);
    polled_[i] = polled_.back();
    connections_[i] = connections_.back();
    polled_.pop_back();
    connections_.pop_back();
    polled_[0].events = POLLIN;  // there is a descriptor again
  }

  std::vector<pollfd> polled_;  // the listener first
  std::vector<lab::Connection> connections_;
};

}  // namespace

int main(int argc, char* argv[]) {
  const lab::Address address = lab::ParseArguments({argv + 1, argv + argc}, "select_server [host port]");
  // _exit is one of the few functions that a handler may call (signal-safety(7)); nothing waits in a buffer.
  std::signal(SIGTERM, [](int) { _exit(0); });
  PollServer(lab::Listen(address)).Run();
}
