// ftp_server [host port dir]: serves the files of a folder, one process for each client (lab 13).
#include <sys/wait.h>

#include <set>

#include "session.h"

namespace {

using lab::Fail;
using lab::Fd;

Fd Listen(const std::string& host, std::uint16_t port) {
  socklen_t size = 0;
  const sockaddr_storage address = lab::Resolve(host, port, size);
  Fd listener(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!listener) Fail("socket");
  const int on = 1;
  if (setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == -1) Fail("setsockopt");
  if (bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), size) == -1) Fail("bind");
  if (listen(listener.get(), SOMAXCONN) == -1) Fail("listen");
  return listener;
}

void Announce(const Fd& listener, const std::string& host) {
  const std::string line =
      "listening on " + host + ':' + std::to_string(ntohs(lab::AddressOf(listener).sin_port)) + '\n';
  if (write(STDOUT_FILENO, line.data(), line.size()) == -1) Fail("write");
}

// The children that serve, one for each client.
class Sessions {
 public:
  void Begin(Fd control, const Fd& listener, const lab::Folder& folder) {
    const pid_t child = fork();
    if (child == -1) return lab::PrintError("ftp_server: fork: " + std::generic_category().message(errno));
    if (child > 0) {
      children_.insert(child);
      return;
    }
    close(listener.get());
    _exit(Serve(std::move(control), folder));
  }

  // Reaps those who have ended.
  void Reap() {
    pid_t child = 0;
    while ((child = waitpid(-1, nullptr, WNOHANG)) > 0) children_.erase(child);
  }

  // Asks all to end, and waits until they have: each takes back what it has begun.
  void End() {
    for (const pid_t child : children_) kill(child, SIGTERM);
    for (const pid_t child : children_) {
      while (waitpid(child, nullptr, 0) == -1 && errno == EINTR) continue;
    }
    children_.clear();
  }

 private:
  static int Serve(Fd control, const lab::Folder& folder) {
    try {
      lab::Session(std::move(control), folder).Serve();
      return 0;
    } catch (const lab::Stopped&) {
      return 0;
    } catch (const std::exception& error) {
      lab::PrintError(std::string("ftp_server: ") + error.what());
      return 1;
    }
  }

  std::set<pid_t> children_;
};

void AcceptUntilStopped(const Fd& listener, const lab::Folder& folder, Sessions& sessions) {
  while (true) {
    std::vector<pollfd> waiting{{listener.get(), POLLIN, 0}};
    lab::WaitForAny(waiting);
    sessions.Reap();
    Fd control(accept4(listener.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (control) sessions.Begin(std::move(control), listener, folder);
  }
}

int Run(const std::string& host, std::uint16_t port, const std::string& path) {
  lab::WatchSignals();
  const lab::Folder folder(path);
  Sessions sessions;
  try {
    const Fd listener = Listen(host, port);
    Announce(listener, host);
    AcceptUntilStopped(listener, folder, sessions);
  } catch (const lab::Stopped&) {
    sessions.End();
  }
  return 0;
}

}  // namespace

int main(int argc, char* argv[]) {
  try {
    if (argc == 1) return Run("0.0.0.0", 2121, "./files");
    if (argc != 4) throw lab::UsageError{};
    return Run(argv[1], lab::ParsePort(argv[2]), argv[3]);
  } catch (const lab::UsageError&) {
    lab::PrintError("usage: ftp_server [host port dir]");
    return 1;
  } catch (const std::exception& error) {
    lab::PrintError(std::string("ftp_server: ") + error.what());
    return 1;
  }
}
