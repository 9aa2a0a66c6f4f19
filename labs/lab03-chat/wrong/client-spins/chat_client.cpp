// chat_client [host port]: what is typed goes to the server, what the server says is printed, both at any time (lab 3).
#include <poll.h>

#include <array>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "listen.h"

namespace {

lab::Fd Connect(const std::string& host, std::uint16_t port) {
  const auto address = lab::Resolve(host, port);
  lab::Fd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!socket) lab::Fail("socket");
  if (connect(socket.get(), address->ai_addr, address->ai_addrlen) == -1) lab::Fail("connect");
  return socket;
}

void WriteAll(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor, bytes.data(), bytes.size());
    if (written == -1 && errno == EINTR) continue;
    if (written == -1) lab::Fail("write");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

class ChatClient {
 public:
  ChatClient(const std::string& host, std::uint16_t port) : socket_(Connect(host, port)) {}

  // Until the server closes. What is typed is read only when the server has taken what was typed before.
  void Run() {
    while (open_) {
      const bool sending = !typed_.empty();
      std::array<pollfd, 2> polled{{{typing_ && !sending ? STDIN_FILENO : -1, POLLIN, 0},
                                    {socket_.get(), static_cast<short>(sending ? POLLIN | POLLOUT : POLLIN), 0}}};
      if (poll(polled.data(), polled.size(), 0) == -1 && errno != EINTR) lab::Fail("poll");
      if (polled[0].revents != 0) Type();
      if ((polled[1].revents & POLLOUT) != 0) Send();
      if ((polled[1].revents & ~POLLOUT) != 0) Print();
    }
  }

 private:
  void Type() {
    std::array<char, std::size_t{16} * 1024> bytes;
    const ssize_t received = read(STDIN_FILENO, bytes.data(), bytes.size());
    if (received == -1 && errno != EINTR) lab::Fail("read");
    if (received > 0) typed_.assign(bytes.data(), static_cast<std::size_t>(received));
    if (received != 0) return;
    typing_ = false;
    shutdown(socket_.get(), SHUT_WR);
  }

  void Send() {
    const ssize_t sent = send(socket_.get(), typed_.data(), typed_.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) typed_.erase(0, static_cast<std::size_t>(sent));
    if (sent == -1 && errno != EAGAIN && errno != EINTR) open_ = false;
  }

  void Print() {
    std::array<char, std::size_t{16} * 1024> bytes;
    const ssize_t received = recv(socket_.get(), bytes.data(), bytes.size(), 0);
    if (received == -1 && errno == EINTR) return;
    if (received <= 0) open_ = false;
    if (received > 0) heard_.append(bytes.data(), static_cast<std::size_t>(received));
    const auto end = heard_.rfind('\n');
    if (end == std::string::npos) return;
    WriteAll(STDOUT_FILENO, std::string_view(heard_).substr(0, end + 1));
    heard_.erase(0, end + 1);
  }

  lab::Fd socket_;
  std::string typed_;  // and not yet sent
  std::string heard_;  // and no whole line yet
  bool typing_ = true;
  bool open_ = true;
};

void Chat(const std::vector<std::string>& words) {
  if (!words.empty() && words.size() != 2) throw lab::UsageError{};
  ChatClient(words.empty() ? "127.0.0.1" : words[0], words.empty() ? 8888 : lab::ParsePort(words[1])).Run();
}

}  // namespace

int main(int argc, char* argv[]) {
  try {
    Chat({argv + 1, argv + argc});
    return 0;
  } catch (const lab::UsageError&) {
    std::fputs("usage: chat_client [host port]\n", stderr);
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "chat_client: %s\n", error.what());
    return 1;
  }
}
