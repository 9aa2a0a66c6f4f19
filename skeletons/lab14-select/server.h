// What the servers of this lab have in common.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace lab {

[[noreturn]] inline void Fail(const char* call) {
  std::fprintf(stderr, "%s: %s\n", call, std::strerror(errno));
  std::exit(1);
}

struct Address {
  std::string host = "0.0.0.0";
  std::uint16_t port = 5454;
};

inline Address ParseArguments([[maybe_unused]] int argc, [[maybe_unused]] char* argv[]) {
  // TODO: none, or host and port; anything else is a usage error: one line to stderr, and exit status 2.
  return {};
}

// A socket that listens on that address.
inline int Listen([[maybe_unused]] const Address& address) {
  // TODO: socket(2), setsockopt(2), bind(2), listen(2); then say `listening on host:port`, and flush.
  errno = ENOSYS;
  Fail("Listen is not written yet");
}

// A message of a client whose socket does not block, and the answer to it. False when it has left.
inline bool TakeMessage([[maybe_unused]] int client) {
  // TODO: recv(2) up to 1,024 bytes, print them, send OK. What if there is nothing (EAGAIN)? If OK cannot be sent now?
  return false;
}

}  // namespace lab
