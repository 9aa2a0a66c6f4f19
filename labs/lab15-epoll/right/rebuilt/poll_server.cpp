// The array for poll is built anew each time, from a set of clients; several messages are taken in one turn.
#include <poll.h>

#include <csignal>
#include <set>

#include "server.h"

namespace {
volatile std::sig_atomic_t ended = 0;
}

int main(int argc, char* argv[]) {
  const lab::Address address = lab::ParseArguments({argv + 1, argv + argc}, "poll_server [host port]");
  struct sigaction action {};
  action.sa_handler = [](int) { ended = 1; };
  sigaction(SIGTERM, &action, nullptr);
  sigset_t term;
  sigset_t before;
  sigemptyset(&term);
  sigaddset(&term, SIGTERM);
  sigprocmask(SIG_BLOCK, &term, &before);  // delivered in ppoll only, so that none comes between the look and the wait
  const int listener = lab::Listen(address);
  std::set<int> clients;
  bool full = false;
  while (ended == 0) {
    std::vector<pollfd> polled;
    if (!full) polled.push_back({listener, POLLIN, 0});
    for (const int client : clients) polled.push_back({client, POLLIN, 0});
    if (ppoll(polled.data(), polled.size(), nullptr, &before) < 0) continue;
    for (const pollfd& one : polled) {
      if (one.revents == 0) continue;
      if (one.fd == listener) {
        const int client = accept4(listener, nullptr, nullptr, SOCK_NONBLOCK);
        if (client >= 0) clients.insert(client);
        full = client < 0 && errno == EMFILE;
        continue;
      }
      std::string all;
      char message[512];
      ssize_t size = 0;
      int turns = 0;
      while (turns++ < 8 && (size = recv(one.fd, message, sizeof message, 0)) > 0)
        all.append(message, static_cast<std::size_t>(size));
      if (!all.empty()) {
        lab::WriteAll(1, "message: " + all + "\n");
        send(one.fd, "OK", 2, MSG_NOSIGNAL);
      }
      if (size == 0 || (size < 0 && errno != EAGAIN)) {
        close(one.fd);
        clients.erase(one.fd);
        full = false;
      }
    }
  }
}
