// One process, one thread, select(2).
#include <sys/select.h>

#include <algorithm>
#include <csignal>
#include <map>

#include "server.h"

namespace {

class SelectServer {
 public:
  explicit SelectServer(int listener) : listener_(listener) {}

  [[noreturn]] void Run() {
    for (;;) {
      fd_set readable;
      fd_set writable;
      const int highest = FillSets(readable, writable);
      if (select(highest + 1, &readable, &writable, nullptr, nullptr) < 0) {
        if (errno == EINTR) continue;
        lab::Fail("select");
      }
      for (auto next = connections_.begin(); next != connections_.end();) {
        const auto one = next++;  // which may go
        if (FD_ISSET(one->first, &writable) || FD_ISSET(one->first, &readable)) Serve(one);
      }
      if (FD_ISSET(listener_, &readable)) AcceptAll();
    }
  }

 private:
  using Connections = std::map<int, lab::Connection>;

  // select overwrites the sets, so they are filled anew each time. Returns the highest descriptor in them.
  int FillSets(fd_set& readable, fd_set& writable) const {
    FD_ZERO(&readable);
    FD_ZERO(&writable);
    if (accepts_) FD_SET(listener_, &readable);
    for (const auto& [client, connection] : connections_) FD_SET(client, connection.owes() ? &writable : &readable);
    return connections_.empty() ? listener_ : std::max(listener_, connections_.rbegin()->first);
  }

  void AcceptAll() {
    for (;;) {
      const int client = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK);
      if (client < 0) {
        // Its connection stays in the queue, so select would return at once, again and again, until a client leaves.
        if (lab::IsExhausted()) accepts_ = false;
        return;
      }
      if (client > FD_SETSIZE) {  // a set has no place for it: FD_SET would write beyond its end
        close(client);
        continue;
      }
      connections_.emplace(client, lab::Connection(client));
    }
  }

  void Serve(Connections::iterator one) {
    lab::Connection& connection = one->second;
    if (connection.owes() ? connection.Pay() : connection.TakeMessage() != lab::Connection::Received::kEnd) return;
    close(one->first);
    connections_.erase(one);
    accepts_ = true;  // there is a descriptor again
  }

  int listener_;
  bool accepts_ = true;
  Connections connections_;
};

}  // namespace

int main(int argc, char* argv[]) {
  const lab::Address address = lab::ParseArguments({argv + 1, argv + argc}, "select_server [host port]");
  // _exit is one of the few functions that a handler may call (signal-safety(7)); nothing waits in a buffer.
  std::signal(SIGTERM, [](int) { _exit(0); });
  SelectServer(lab::Listen(address)).Run();
}
