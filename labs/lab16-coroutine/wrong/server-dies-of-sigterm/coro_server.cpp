// coro_server [host port]: answers each message with OK; a coroutine for each client, all in one thread.
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <string>

#include "gevent.hpp"

namespace {

using namespace std::chrono_literals;

int signals[2];  // what is written to [1] by the handler is read from [0] by main

[[noreturn]] void Usage() {
  std::fputs("usage: coro_server [host port]\n", stderr);
  std::exit(2);
}

[[noreturn]] void Fail(const char* call) {
  std::perror(call);
  std::exit(1);
}

int PortOf(const std::string& text) {
  int port = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size() || port < 0 || port > 65535) Usage();
  return port;
}

sockaddr_in AddressOf(const std::string& host, int port) {
  addrinfo hints{};
  hints.ai_family = AF_INET;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (const int error = ::getaddrinfo(host.c_str(), nullptr, &hints, &found); error != 0) {
    std::fprintf(stderr, "getaddrinfo: %s\n", gai_strerror(error));
    std::exit(1);
  }
  sockaddr_in address{};
  std::memcpy(&address, found->ai_addr, sizeof address);
  ::freeaddrinfo(found);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

int Listen(const std::string& host, int port) {
  sockaddr_in address = AddressOf(host, port);
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (listener == -1) Fail("socket");
  const int on = 1;
  ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) == -1) Fail("bind");
  if (::listen(listener, SOMAXCONN) == -1) Fail("listen");
  socklen_t size = sizeof address;
  if (::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) == -1) Fail("getsockname");
  std::printf("listening on %s:%d\n", host.c_str(), ntohs(address.sin_port));
  std::fflush(stdout);
  return listener;
}

void Serve(int client) {
  char message[1024];
  ssize_t size;
  while ((size = gevent::recv(client, message, sizeof message)) > 0) {
    std::fwrite(message, 1, static_cast<std::size_t>(size), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
    if (gevent::send(client, "OK\n", 3, MSG_NOSIGNAL) != 3) break;
  }
  ::close(client);
}

void AcceptAll(int listener) {
  while (true) {
    const int client = gevent::accept(listener, nullptr, nullptr);
    if (client >= 0) {
      gevent::spawn([client] { Serve(client); });
    } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
      gevent::sleep(100ms);  // somebody may leave
    }
  }
}

void OnSigterm(int) {
  const int error = errno;
  [[maybe_unused]] const ssize_t written = ::write(signals[1], "t", 1);
  errno = error;
}

}  // namespace

int main(int argc, char* argv[]) {
  if (argc != 1 && argc != 3) Usage();
  const std::string host = argc == 3 ? argv[1] : "0.0.0.0";
  const int port = argc == 3 ? PortOf(argv[2]) : 8888;
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, signals) == -1) Fail("socketpair");
  if (argc > 100) ::signal(SIGTERM, OnSigterm);
  ::signal(SIGPIPE, SIG_IGN);
  const int listener = Listen(host, port);
  gevent::spawn([listener] { AcceptAll(listener); });
  char byte;
  gevent::recv(signals[0], &byte, 1);
  return 0;
}
