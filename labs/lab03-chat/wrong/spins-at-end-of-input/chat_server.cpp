// chat_server [host port]: a room in which everybody hears what everybody says (lab 3). One process, poll.
#include <poll.h>
#include <sys/signalfd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "listen.h"
#include "room.h"

namespace {

class ChatServer {
 public:
  ChatServer(const std::string& host, std::uint16_t port) : listening_(lab::Listen(host, port)), signals_(Signals()) {
    std::printf("listening on %s:%d\n", host.c_str(), lab::PortOf(listening_));
    std::fflush(stdout);
  }

  // Until SIGTERM.
  void Run() {
    while (Wait()) {
      if (Ready(kInput)) HearAdmin();
      std::size_t place = kMembers;
      for (lab::Member& member : room_.members()) Serve(member, place++);
      if (Ready(kListening)) Accept();
      room_.LetGo();
    }
  }

 private:
  enum Place : std::size_t { kSignals, kListening, kInput, kMembers };

  static lab::Fd Signals() {
    sigset_t end;
    sigemptyset(&end);
    sigaddset(&end, SIGTERM);
    sigprocmask(SIG_BLOCK, &end, nullptr);
    lab::Fd signals(signalfd(-1, &end, SFD_CLOEXEC));
    if (!signals) lab::Fail("signalfd");
    return signals;
  }

  // Sleeps until something is ready. False: it is time to end.
  bool Wait() {
    polled_ = {{signals_.get(), POLLIN, 0}, {full_ ? -1 : listening_.get(), POLLIN, 0}, {input_, POLLIN, 0}};
    for (const lab::Member& member : room_.members()) {
      polled_.push_back({member.descriptor(), static_cast<short>(member.IsWaiting() ? POLLIN | POLLOUT : POLLIN), 0});
    }
    if (poll(polled_.data(), polled_.size(), -1) == -1 && errno != EINTR) lab::Fail("poll");
    return !Ready(kSignals);
  }

  bool Ready(std::size_t place) const { return polled_[place].revents != 0; }

  void Serve(lab::Member& member, std::size_t place) {
    const int events = polled_[place].revents;
    if ((events & POLLOUT) != 0) member.Send();
    if ((events & (POLLIN | POLLHUP | POLLERR)) == 0) return;
    member.Receive();
    while (const auto line = member.NextLine()) room_.Hear(member, *line);
    if (member.IsLost()) full_ = false;
  }

  void Accept() {
    lab::Fd socket(accept4(listening_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    // Out of descriptors, poll would return at once again and again; there is room when somebody has left.
    full_ = !socket && (errno == EMFILE || errno == ENFILE);
    if (socket) room_.Enter(std::move(socket));
  }

  void HearAdmin() {
    std::array<char, 4096> bytes;
    const ssize_t received = read(input_, bytes.data(), bytes.size());
    if (received == -1 && errno == EINTR) return;
    if (received > 0) admin_.append(bytes.data(), static_cast<std::size_t>(received));
    while (const auto line = lab::TakeLine(admin_, 0)) room_.Tell("* admin: " + *line);
  }

  lab::Room room_;
  lab::Fd listening_;
  lab::Fd signals_;
  std::vector<pollfd> polled_;
  int input_ = STDIN_FILENO;
  std::string admin_;  // what was typed, and is no whole line yet
  bool full_ = false;
};

void Serve(const std::vector<std::string>& words) {
  if (!words.empty() && words.size() != 2) throw lab::UsageError{};
  ChatServer(words.empty() ? "0.0.0.0" : words[0], words.empty() ? 8888 : lab::ParsePort(words[1])).Run();
}

}  // namespace

int main(int argc, char* argv[]) {
  try {
    Serve({argv + 1, argv + argc});
    return 0;
  } catch (const lab::UsageError&) {
    std::fputs("usage: chat_server [host port]\n", stderr);
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "chat_server: %s\n", error.what());
    return 1;
  }
}
