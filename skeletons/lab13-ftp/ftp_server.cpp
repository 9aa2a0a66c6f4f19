// ftp_server [host port dir]: serves the files of a folder (lab 13).
#include <netinet/in.h>
#include <sys/stat.h>

#include "basics.h"

namespace {

using lab::Fail;
using lab::Fd;

Fd Listen(const std::string& host, std::uint16_t port) {
  socklen_t size = 0;
  const sockaddr_storage address = lab::Resolve(host, port, size);
  Fd listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!listener) Fail("socket");
  const int on = 1;
  if (setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == -1) Fail("setsockopt");
  if (bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), size) == -1) Fail("bind");
  if (listen(listener.get(), SOMAXCONN) == -1) Fail("listen");
  return listener;
}

void Send(const Fd& socket, const std::string& text) {
  // TODO: send(2) may take less than it was given, and a client that is gone is a signal unless you say otherwise.
  if (send(socket.get(), text.data(), text.size(), MSG_NOSIGNAL) == -1) Fail("send");
}

// One client's conversation, from the greeting to QUIT.
void Serve(const Fd& control, const std::string& folder) {
  Send(control, "220 ready\r\n");
  std::string received;
  char buffer[4096];
  while (true) {
    const ssize_t size = recv(control.get(), buffer, sizeof buffer, 0);
    if (size <= 0) return;
    received.append(buffer, static_cast<std::size_t>(size));
    while (const auto line = lab::TakeLine(received)) {
      // TODO: USER and PASS, then the commands of the handout. Which folder is served you know: look up names in it.
      static_cast<void>(folder);
      Send(control, "502 not written yet\r\n");
    }
  }
}

int Run(const std::string& host, std::uint16_t port, const std::string& folder) {
  struct stat status {};
  if (stat(folder.c_str(), &status) == -1) Fail("stat " + folder);
  const Fd listener = Listen(host, port);
  // TODO: say where you listen. Serve 50 clients at once. End with 0 when SIGTERM comes, and leave nothing behind.
  while (true) {
    const Fd control(accept(listener.get(), nullptr, nullptr));
    if (control) Serve(control, folder);
  }
}

}  // namespace

int main(int argc, char* argv[]) {
  try {
    if (argc == 1) return Run("0.0.0.0", 2121, "./files");
    if (argc != 4) throw lab::UsageError{};
    return Run(argv[1], lab::ParsePort(argv[2]), argv[3]);
  } catch (const lab::UsageError&) {
    lab::PrintError("usage: ftp_server [host port dir]");
    return 2;
  } catch (const std::exception& error) {
    lab::PrintError(std::string("ftp_server: ") + error.what());
    return 1;
  }
}
