// ftp_client host port: list, get, put and quit, typed line by line (lab 13).
#include <iostream>

#include "basics.h"

namespace {

lab::Fd Connect(const std::string& host, std::uint16_t port) {
  socklen_t size = 0;
  const sockaddr_storage address = lab::Resolve(host, port, size);
  lab::Fd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!socket) lab::Fail("socket");
  if (connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), size) == -1) lab::Fail("connect");
  return socket;
}

int Run(const std::string& host, std::uint16_t port) {
  const lab::Fd control = Connect(host, port);
  // TODO: read the greeting and log in: USER anonymous, PASS anything. A reply may have several lines.
  std::string line;
  while (std::getline(std::cin, line)) {
    if (line == "quit") return 0;
    // TODO: a prompt before each command; list, get NAME, put FILE. What if the server says no, or the transfer breaks?
    std::cout << line << ": not written yet\n";
  }
  return 0;
}

}  // namespace

int main(int argc, char* argv[]) {
  try {
    if (argc != 3) throw lab::UsageError{};
    return Run(argv[1], lab::ParsePort(argv[2]));
  } catch (const lab::UsageError&) {
    lab::PrintError("usage: ftp_client host port");
    return 2;
  } catch (const std::exception& error) {
    lab::PrintError(std::string("ftp_client: ") + error.what());
    return 1;
  }
}
