// A chat client with a second thread, which types.
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>

int main(int argc, char** argv) {
  const std::string host = argc == 3 ? argv[1] : "127.0.0.1", port = argc == 3 ? argv[2] : "8888";
  if ((argc != 1 && argc != 3) || port.empty() || port.size() > 5 ||
      port.find_first_not_of("0123456789") != std::string::npos || std::stoi(port) > 65535) {
    std::cerr << "usage: chat_client [host port]" << std::endl;
    return 2;
  }
  addrinfo hints{}, *found = nullptr;
  hints.ai_socktype = SOCK_STREAM;
  if (const int error = getaddrinfo(host.c_str(), port.c_str(), &hints, &found)) {
    std::cerr << gai_strerror(error) << std::endl;
    return 1;
  }
  const int server = socket(found->ai_family, SOCK_STREAM, 0);
  if (connect(server, found->ai_addr, found->ai_addrlen)) {
    std::perror("connect");
    return 1;
  }
  freeaddrinfo(found);
  std::thread([server] {
    for (std::string line; std::getline(std::cin, line);) {
      line += '\n';
      for (std::size_t sent = 0; sent < line.size();) {
        const ssize_t n = send(server, line.data() + sent, line.size() - sent, MSG_NOSIGNAL);
        if (n < 0) return;
        sent += static_cast<std::size_t>(n);
      }
    }
    shutdown(server, SHUT_WR);
  }).detach();
  FILE* in = fdopen(server, "r");
  char* line = nullptr;
  std::size_t size = 0;
  for (ssize_t n; (n = getline(&line, &size, in)) > 0;) {
    std::fwrite(line, 1, static_cast<std::size_t>(n), stdout);
    std::fflush(stdout);
  }
  std::_Exit(0);
}
