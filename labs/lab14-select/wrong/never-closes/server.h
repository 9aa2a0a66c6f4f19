// What the servers of this lab have in common: arguments, the listening socket, one client's connection.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace lab {

[[noreturn]] inline void Fail(const char* call) {
  std::fprintf(stderr, "%s: %s\n", call, std::strerror(errno));
  std::exit(1);
}

[[noreturn]] inline void Usage(const char* program) {
  std::fprintf(stderr, "usage: %s\n", program);
  std::exit(2);
}

struct Address {
  std::string host = "0.0.0.0";
  std::uint16_t port = 5454;
};

// None, or host and port.
inline Address ParseArguments(const std::vector<std::string>& words, const char* usage) {
  Address address;
  if (words.empty()) return address;
  if (words.size() != 2) Usage(usage);
  address.host = words[0];
  const std::string& digits = words[1];
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), address.port);
  if (error != std::errc{} || end != digits.data() + digits.size()) Usage(usage);
  return address;
}

// write(2) takes what it can; the rest is for the next call.
inline bool WriteAll(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t size = write(fd, bytes.data(), bytes.size());
    if (size < 0 && errno != EINTR) return false;
    if (size > 0) bytes.remove_prefix(static_cast<std::size_t>(size));
  }
  return true;
}

// A socket that listens, and says so. Whoever was there before on this port is no obstacle (SO_REUSEADDR).
inline int Listen(const Address& address) {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (listener < 0) Fail("socket");
  const int yes = 1;
  if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0) Fail("setsockopt");
  sockaddr_in place{};
  place.sin_family = AF_INET;
  place.sin_port = htons(address.port);
  if (inet_pton(AF_INET, address.host.c_str(), &place.sin_addr) != 1) {
    std::fprintf(stderr, "%s is no address\n", address.host.c_str());
    std::exit(2);
  }
  if (bind(listener, reinterpret_cast<sockaddr*>(&place), sizeof place) != 0) Fail("bind");
  if (listen(listener, SOMAXCONN) != 0) Fail("listen");
  socklen_t size = sizeof place;
  if (getsockname(listener, reinterpret_cast<sockaddr*>(&place), &size) != 0) Fail("getsockname");
  WriteAll(STDOUT_FILENO, "listening on " + address.host + ":" + std::to_string(ntohs(place.sin_port)) + "\n");
  return listener;
}

// One client. Its socket does not block: what cannot be sent yet is owed.
class Connection {
 public:
  explicit Connection(int fd) : fd_(fd) {}

  int fd() const { return fd_; }
  bool owes() const { return !owed_.empty(); }

  enum class Received { kMessage, kNothing, kEnd };

  // Takes one message, if there is one, and answers it.
  Received TakeMessage() {
    char message[1024];
    const ssize_t size = recv(fd_, message, sizeof message, 0);
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) return Received::kNothing;
    if (size < 0) return Received::kEnd;
    if (size == 0) return Received::kNothing;
    WriteAll(STDOUT_FILENO, std::string(message, static_cast<std::size_t>(size)) + "\n");
    if (!owes()) owed_ = "OK";  // one for all that was not answered yet
    return Pay() ? Received::kMessage : Received::kEnd;
  }

  // Sends what is owed, as far as the client takes it. False if the client has gone.
  bool Pay() {
    while (owes()) {
      const ssize_t size = send(fd_, owed_.data(), owed_.size(), MSG_NOSIGNAL);
      if (size < 0) return errno == EAGAIN || errno == EINTR;
      owed_.erase(0, static_cast<std::size_t>(size));
    }
    return true;
  }

 private:
  int fd_;
  std::string owed_;
};

// Whether accept failed because there is no descriptor or memory left, which only the end of a client can change.
inline bool IsExhausted() { return errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM; }

}  // namespace lab
