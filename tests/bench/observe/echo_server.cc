#include "echo_server.h"

#include <arpa/inet.h>
#include <err.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <vector>

namespace bench {
namespace {

int Checked(int result, const char* call) {
  if (result < 0) err(1, "%s", call);
  return result;
}

int Listen(sockaddr_in& address) {
  const int listener = Checked(socket(AF_INET, SOCK_STREAM, 0), "socket");
  address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  Checked(bind(listener, reinterpret_cast<sockaddr*>(&address), length), "bind");
  Checked(listen(listener, SOMAXCONN), "listen");
  Checked(getsockname(listener, reinterpret_cast<sockaddr*>(&address), &length), "getsockname");
  return listener;
}

void Watch(int epoll, int fd) {
  epoll_event event{.events = EPOLLIN, .data = {.fd = fd}};
  Checked(epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event), "epoll_ctl");
}

// Serves until every one of the clients has come and gone.
void Serve(int listener, int clients) {
  const int epoll = Checked(epoll_create1(0), "epoll_create1");
  Watch(epoll, listener);
  std::array<epoll_event, 64> events{};
  std::array<char, 1024> message{};
  while (clients > 0) {
    const int ready = Checked(epoll_wait(epoll, events.data(), events.size(), -1), "epoll_wait");
    for (int i = 0; i < ready; ++i) {
      const int fd = events[static_cast<std::size_t>(i)].data.fd;
      if (fd == listener) {
        Watch(epoll, Checked(accept(listener, nullptr, nullptr), "accept"));
      } else if (const ssize_t count = read(fd, message.data(), message.size()); count > 0) {
        if (write(fd, message.data(), static_cast<std::size_t>(count)) != count) err(1, "write");
      } else {
        close(fd);
        --clients;
      }
    }
  }
  close(epoll);
}

void Chat(const sockaddr_in& address, int clients, int messages) {
  std::vector<int> sockets;
  for (int i = 0; i < clients; ++i) {
    sockets.push_back(Checked(socket(AF_INET, SOCK_STREAM, 0), "socket"));
    Checked(connect(sockets.back(), reinterpret_cast<const sockaddr*>(&address), sizeof address), "connect");
  }
  char byte = 'x';
  for (int i = 0; i < messages; ++i) {
    for (const int fd : sockets) {
      if (write(fd, &byte, 1) != 1) err(1, "write");
    }
    for (const int fd : sockets) {
      if (read(fd, &byte, 1) != 1) err(1, "read");
    }
  }
}

}  // namespace

void ServeEchoes(int clients, int messages) {
  sockaddr_in address;
  const int listener = Listen(address);
  const pid_t child = Checked(fork(), "fork");
  if (child == 0) {
    Chat(address, clients, messages);
    _exit(0);
  }
  Serve(listener, clients);
  close(listener);
  Checked(waitpid(child, nullptr, 0), "waitpid");
}

}  // namespace bench
