#include "grader/clients/client.h"

#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace grader::clients {
namespace {

void Set(const os::Fd& socket, int level, int option, const void* value, socklen_t size) {
  static_cast<void>(setsockopt(socket.get(), level, option, value, size));
}

void SetNumber(const os::Fd& socket, int level, int option, int value) {
  Set(socket, level, option, &value, sizeof value);
}

}  // namespace

Client::Client(os::Fd socket, const Endpoint& server, int number, ConnectOptions options)
    : socket_(std::move(socket)), server_(server), number_(number) {
  if (!socket_) {
    state_ = State::kRefused;
    Note("cannot connect: the server has ended");
    return;
  }
  os::SetNonBlocking(socket_);
  SetNumber(socket_, IPPROTO_TCP, TCP_NODELAY, 1);
  if (options.receive_buffer > 0) SetNumber(socket_, SOL_SOCKET, SO_RCVBUF, options.receive_buffer);
  const SocketAddress address = AddressOf(server);
  Note("connects to " + Describe(server));
  if (connect(socket_.get(), address.get(), address.size) != 0 && errno != EINPROGRESS) Lose(errno);
}

void Client::Say(std::string_view bytes) {
  if (!socket_ || half_close_wanted_ || bytes.empty()) return;
  dialogue_.Add(Dialogue::Voice::kSaid, bytes);
  if (2 * sent_ > unsent_.size()) {
    unsent_.erase(0, sent_);
    sent_ = 0;
  }
  unsent_ += bytes;
  Flush();
}

void Client::HalfClose() {
  if (!socket_ || half_close_wanted_) return;
  Note("says that it has no more to say (half-close)");
  half_close_wanted_ = true;
  Flush();
}

void Client::Close() {
  if (!socket_) return;
  Note("closes the connection");
  socket_.Close();
  state_ = State::kClosed;
}

void Client::SayAndVanish(std::string_view bytes) {
  if (!socket_) return;
  dialogue_.Add(Dialogue::Voice::kSaid, bytes);
  static_cast<void>(send(fd(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT | MSG_MORE));
  Close();
}

void Client::Reset() {
  if (!socket_) return;
  Note("resets the connection");
  const linger now{1, 0};
  Set(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  socket_.Close();
  state_ = State::kClosed;
}

void Client::Stall() {
  if (!stalled_) Note("stops reading");
  stalled_ = true;
}

void Client::Resume() {
  if (stalled_) Note("reads on");
  stalled_ = false;
}

std::string Client::Take(std::size_t size) {
  std::string taken(unread().substr(0, size));
  taken_ += taken.size();
  return taken;
}

std::optional<std::string> Client::TakeLine() {
  const std::size_t end = unread().find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  std::string line = Take(end + 1);
  line.pop_back();
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

std::uint16_t Client::port() const {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (!socket_ || getsockname(fd(), reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
  return ntohs(address.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6&>(address).sin6_port
                                             : reinterpret_cast<sockaddr_in&>(address).sin_port);
}

std::vector<std::string> Client::Transcript() const {
  std::vector<std::string> lines = dialogue_.Lines();
  for (std::string& line : lines) line = name() + " " + line;
  return lines;
}

std::uint32_t Client::Interest() const {
  if (!socket_) return 0;
  if (state_ == State::kConnecting) return EPOLLOUT;
  std::uint32_t interest = 0;
  if (state_ == State::kOpen && !stalled_) interest |= EPOLLIN;
  if (connected() && unsent() > 0) interest |= EPOLLOUT;
  return interest;
}

bool Client::Act(std::uint32_t events) {
  if (!socket_) return false;
  if (state_ == State::kConnecting) return (events & (EPOLLOUT | EPOLLERR | EPOLLHUP)) != 0 && FinishConnecting();
  bool happened = false;
  if ((events & EPOLLOUT) != 0) happened |= Flush();
  if ((events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0 && !stalled_) happened |= Drain();
  return happened;
}

bool Client::FinishConnecting() {
  int error = 0;
  socklen_t size = sizeof error;
  if (getsockopt(fd(), SOL_SOCKET, SO_ERROR, &error, &size) != 0) error = errno;
  if (error != 0) {
    Lose(error);
    return true;
  }
  state_ = State::kOpen;
  Flush();
  return true;
}

bool Client::Flush() {
  if (!connected()) return false;
  bool happened = false;
  while (unsent() > 0) {
    const ssize_t size = send(fd(), unsent_.data() + sent_, unsent(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0 && errno == EAGAIN) return happened;
    if (size < 0) {
      // What the server sent before it went can still be read.
      unsent_.clear();
      sent_ = 0;
      if (!stalled_) Drain();
      if (connected()) Lose(ECONNRESET);
      return true;
    }
    sent_ += static_cast<std::size_t>(size);
    happened = true;
  }
  unsent_.clear();
  sent_ = 0;
  if (half_close_wanted_ && !half_closed_) {
    half_closed_ = true;
    static_cast<void>(shutdown(fd(), SHUT_WR));
    happened = true;
  }
  return happened;
}

bool Client::Drain() {
  if (state_ != State::kOpen) return false;
  std::array<char, std::size_t{64} * 1024> buffer;
  bool happened = false;
  for (;;) {
    const ssize_t size = recv(fd(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0 && errno == EAGAIN) break;
    happened = true;
    if (size < 0) {
      Lose(errno);
      break;
    }
    if (size == 0) {
      state_ = State::kHeardEnd;
      Note("heard the end: the server closed the connection");
      break;
    }
    heard_.append(buffer.data(), static_cast<std::size_t>(size));
    dialogue_.Add(Dialogue::Voice::kHeard, {buffer.data(), static_cast<std::size_t>(size)});
  }
  // Confirm at once what was read: a delayed confirmation looks like bytes under way.
  if (happened && socket_) SetNumber(socket_, IPPROTO_TCP, TCP_QUICKACK, 1);
  return happened;
}

void Client::Lose(int error) {
  const bool refused = state_ == State::kConnecting;
  state_ = refused ? State::kRefused : State::kReset;
  Note(refused ? std::string("was refused: ") + std::strerror(error)
               : "heard a reset: the server broke the connection off");
  socket_.Close();
}

}  // namespace grader::clients
