// A chat server with two children for each client: one reads lines from it, one brings lines to it. The parent has the
// room, and a socketpair to each child.
#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <list>
#include <string>
#include <vector>

namespace {

volatile std::sig_atomic_t ended = 0;

struct Guest {
  int lines = -1;  // whole lines come from the reader
  int bytes = -1;  // and go to the writer
  int socket = -1;
  std::string in, out, name;
  bool gone = false;
};

std::list<Guest> guests;

bool WriteAll(int fd, const char* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t n = write(fd, bytes, size);
    if (n <= 0) return false;
    bytes += n;
    size -= static_cast<std::size_t>(n);
  }
  return true;
}

// A child's life: from one descriptor to the other.
[[noreturn]] void Carry(int from, int to) {
  char bytes[16384];
  for (ssize_t n; (n = read(from, bytes, sizeof bytes)) > 0;) {
    if (!WriteAll(to, bytes, static_cast<std::size_t>(n))) break;
  }
  _exit(0);
}

void Flush(Guest& guest) {
  while (!guest.out.empty()) {
    const ssize_t n = send(guest.bytes, guest.out.data(), guest.out.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (n < 0 && errno == EAGAIN) break;
    if (n < 0) guest.gone = true;
    if (n < 0) return;
    guest.out.erase(0, static_cast<std::size_t>(n));
  }
  if (guest.out.size() > (8u << 20)) guest.gone = true;
}

void Say(Guest& guest, const std::string& line) {
  guest.out += line + "\n";
  Flush(guest);
}

void Tell(const std::string& line, const Guest* except) {
  for (auto& guest : guests) {
    if (&guest != except && !guest.name.empty()) Say(guest, line);
  }
}

void Line(Guest& guest, const std::string& line) {
  if (!guest.name.empty()) return Tell(guest.name + ": " + line, &guest);
  for (const auto& other : guests) {
    if (!other.name.empty() && other.name == line) return Say(guest, "ERR taken");
  }
  if (line.empty() || line.size() > 32) return Say(guest, "ERR 1 to 32 bytes");
  Say(guest, "OK");
  guest.name = line;
  Tell("* " + line + " joined", &guest);
}

void Hear(Guest& guest) {
  char bytes[65536];
  const ssize_t n = recv(guest.lines, bytes, sizeof bytes, MSG_DONTWAIT);
  if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (n <= 0) {
    guest.gone = true;
    return;
  }
  guest.in.append(bytes, static_cast<std::size_t>(n));
  for (std::size_t end; (end = guest.in.find('\n')) != std::string::npos;) {
    std::string line = guest.in.substr(0, end);
    guest.in.erase(0, end + 1);
    if (!line.empty() && line.back() == '\r') line.pop_back();
    Line(guest, line);
  }
  if (guest.in.size() > 70'000) guest.gone = true;
}

void Accept(int listening) {
  const int socket = accept(listening, nullptr, nullptr);
  if (socket < 0) return;
  int reader[2], writer[2];
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, reader) || socketpair(AF_UNIX, SOCK_STREAM, 0, writer)) _exit(1);
  for (const bool reads : {true, false}) {
    if (fork() != 0) continue;
    std::signal(SIGTERM, SIG_DFL);
    close(listening);
    close(0);
    close(reader[0]);
    close(writer[0]);
    for (const auto& guest : guests) {
      close(guest.lines);
      close(guest.bytes);
      close(guest.socket);
    }
    if (reads) close(writer[1]), Carry(socket, reader[1]);
    close(reader[1]);
    std::signal(SIGPIPE, SIG_IGN);
    Carry(writer[1], socket);
  }
  close(reader[1]);
  close(writer[1]);
  guests.emplace_back();
  guests.back().lines = reader[0];
  guests.back().bytes = writer[0];
  guests.back().socket = socket;
}

void LetGo() {
  for (auto at = guests.begin(); at != guests.end();) {
    if (!at->gone) {
      ++at;
      continue;
    }
    shutdown(at->socket, SHUT_RDWR);  // which its children see
    close(at->socket);
    close(at->lines);
    close(at->bytes);
    const std::string name = at->name;
    guests.erase(at);
    if (!name.empty()) Tell("* " + name + " left", nullptr);
    at = guests.begin();
  }
}

}  // namespace

int main(int argc, char** argv) {
  const char* host = argc == 3 ? argv[1] : "0.0.0.0";
  const char* port = argc == 3 ? argv[2] : "8888";
  char* rest = nullptr;
  const long number = std::strtol(port, &rest, 10);
  if ((argc != 1 && argc != 3) || *rest || !std::isdigit(static_cast<unsigned char>(*port)) || number > 65535) {
    std::fputs("usage: chat_server [host port]\n", stderr);
    return 2;
  }
  std::signal(SIGPIPE, SIG_IGN);
  struct sigaction action {};
  action.sa_handler = [](int) { ended = 1; };
  sigaction(SIGTERM, &action, nullptr);
  sigset_t term, open_mask;
  sigemptyset(&term);
  sigaddset(&term, SIGTERM);
  sigprocmask(SIG_BLOCK, &term, &open_mask);
  const int listening = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1;
  setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  socklen_t size = sizeof address;
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(number));
  if (!inet_aton(host, &address.sin_addr) || bind(listening, reinterpret_cast<sockaddr*>(&address), size) ||
      listen(listening, 128)) {
    std::perror("chat_server: bind or listen");
    return 1;
  }
  getsockname(listening, reinterpret_cast<sockaddr*>(&address), &size);
  std::printf("listening on %s:%d\n", host, ntohs(address.sin_port));
  std::fflush(stdout);
  std::string typed;
  int input = 0;
  while (!ended) {
    std::vector<pollfd> polled{{listening, POLLIN, 0}, {input, POLLIN, 0}};
    for (const auto& guest : guests) {
      polled.push_back({guest.lines, POLLIN, 0});
      polled.push_back({guest.out.empty() ? -1 : guest.bytes, POLLOUT, 0});
    }
    if (ppoll(polled.data(), polled.size(), nullptr, &open_mask) < 0) continue;
    std::size_t at = 2;
    for (auto& guest : guests) {
      if (polled[at++].revents) Hear(guest);
      if (polled[at++].revents) Flush(guest);
    }
    if (polled[1].revents) {
      char bytes[4096];
      const ssize_t n = read(input, bytes, sizeof bytes);
      if (n <= 0) input = -1;
      if (n > 0) typed.append(bytes, static_cast<std::size_t>(n));
      for (std::size_t end; (end = typed.find('\n')) != std::string::npos; typed.erase(0, end + 1)) {
        Tell("* admin: " + typed.substr(0, end), nullptr);
      }
    }
    if (polled[0].revents) Accept(listening);
    LetGo();
  }
  for (const auto& guest : guests) {
    shutdown(guest.socket, SHUT_RDWR);  // which its children see
    close(guest.lines);
    close(guest.bytes);
  }
  while (wait(nullptr) > 0) continue;
  return 0;
}
