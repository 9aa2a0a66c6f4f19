// A chat server with two threads for each client: one reads, one writes, and a queue is between the rooms and the
// latter.
#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <deque>
#include <iostream>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>

namespace {

struct Client {
  explicit Client(int s) : socket(s) {}
  ~Client() { close(socket); }

  void Push(std::string line) {
    const std::lock_guard lock(mutex);
    waiting += line.size() + 1;
    if (waiting > 8u << 20) {
      ended = true;
      shutdown(socket, SHUT_RDWR);
    } else {
      lines.push_back(std::move(line) + "\n");
    }
    changed.notify_one();
  }

  void End() {
    const std::lock_guard lock(mutex);
    ended = true;
    changed.notify_one();
  }

  // The life of the writer.
  void Write() {
    for (;;) {
      std::string line;
      {
        std::unique_lock lock(mutex);
        changed.wait(lock, [this] { return ended || !lines.empty(); });
        if (lines.empty()) return;
        line = std::move(lines.front());
        lines.pop_front();
      }
      for (std::size_t sent = 0; sent < line.size();) {
        const ssize_t n = send(socket, line.data() + sent, line.size() - sent, MSG_NOSIGNAL);
        if (n <= 0) return;
        sent += static_cast<std::size_t>(n);
      }
      const std::lock_guard lock(mutex);
      waiting -= line.size();
    }
  }

  const int socket;
  std::string name;  // under the room's mutex
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<std::string> lines;
  std::size_t waiting = 0;
  bool ended = false;
};

using Guest = std::shared_ptr<Client>;

std::mutex room_mutex;
std::set<Guest> room;

void Tell(const std::string& line, const Client* except) {
  for (const auto& other : room) {
    if (other.get() != except) other->Push(line);
  }
}

void TakeName(const Guest& guest, const std::string& name) {
  if (name.empty()) return guest->Push("ERR a name, please");
  if (name.size() > 32) return guest->Push("ERR 32 bytes at most");
  const std::lock_guard lock(room_mutex);
  for (const auto& other : room) {
    if (other->name == name) return guest->Push("ERR somebody else is called " + name);
  }
  guest->name = name;
  guest->Push("OK");
  Tell("* " + name + " joined", guest.get());
  room.insert(guest);
}

void Line(const Guest& guest, std::string line) {
  if (!line.empty() && line.back() == '\r') line.pop_back();
  if (guest->name.empty()) return TakeName(guest, line);
  const std::lock_guard lock(room_mutex);
  Tell(guest->name + ": " + line, guest.get());
}

void Serve(const Guest& guest) {
  std::thread writer([guest] { guest->Write(); });
  std::string buffer;
  char bytes[8192];
  for (ssize_t n; buffer.size() < 70'000 && (n = recv(guest->socket, bytes, sizeof bytes, 0)) > 0;) {
    buffer.append(bytes, static_cast<std::size_t>(n));
    std::size_t from = 0;
    for (std::size_t end; (end = buffer.find('\n', from)) != std::string::npos; from = end + 1) {
      Line(guest, buffer.substr(from, end - from));
    }
    buffer.erase(0, from);
  }
  {
    const std::lock_guard lock(room_mutex);
    if (room.erase(guest)) Tell("* " + guest->name + " left", nullptr);
  }
  guest->End();
  shutdown(guest->socket, SHUT_RDWR);
  writer.join();
}

// A read is taken for a line, or for some.
void Admin() {
  char bytes[4096];
  for (ssize_t n; (n = read(STDIN_FILENO, bytes, sizeof bytes)) > 0;) {
    std::string text(bytes, static_cast<std::size_t>(n));
    if (text.back() == '\n') text.pop_back();
    const std::lock_guard lock(room_mutex);
    for (std::size_t end; (end = text.find('\n')) != std::string::npos; text.erase(0, end + 1)) {
      Tell("* admin: " + text.substr(0, end), nullptr);
    }
    Tell("* admin: " + text, nullptr);
  }
}

[[noreturn]] void Die(const char* call) {
  std::perror(call);
  std::exit(1);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string host = argc == 3 ? argv[1] : "0.0.0.0", port = argc == 3 ? argv[2] : "8888";
  const bool number = !port.empty() && port.size() < 6 && port.find_first_not_of("0123456789") == std::string::npos;
  if ((argc != 1 && argc != 3) || !number || std::stoi(port) > 65535) {
    std::cerr << "usage: chat_server [host port]\n";
    return 2;
  }
  std::signal(SIGTERM, [](int) { _exit(0); });
  const int listening = socket(AF_INET, SOCK_STREAM, 0);
  const int on = 1;
  setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(port)));
  if (inet_pton(AF_INET, host.c_str(), &address.sin_addr) != 1) return std::cerr << "bad host\n", 1;
  if (bind(listening, reinterpret_cast<sockaddr*>(&address), sizeof address)) Die("bind");
  if (listen(listening, 250)) Die("listen");
  socklen_t size = sizeof address;
  getsockname(listening, reinterpret_cast<sockaddr*>(&address), &size);
  std::cout << "listening on " << host << ":" << ntohs(address.sin_port) << std::endl;
  std::thread(Admin).detach();
  for (;;) {
    const int socket = accept(listening, nullptr, nullptr);
    if (socket >= 0) std::thread(Serve, std::make_shared<Client>(socket)).detach();
  }
}
