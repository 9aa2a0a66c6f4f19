// One client of the chat, with or without a name. Nothing here ever waits for it.
#pragma once

#include <sys/socket.h>

#include <array>
#include <optional>
#include <string>
#include <utility>

#include "basics.h"

namespace lab {

class Member {
 public:
  explicit Member(Fd socket) : socket_(std::move(socket)) {}

  int descriptor() const { return socket_.get(); }

  // Empty as long as it has none.
  std::string name;

  // A line to it, after all that was said before. Who lets too much wait is lost.
  void Say(const std::string& line) {
    if (!lost_) out_ += line + '\n';
    if (out_.size() - sent_ > kMostWaiting) lost_ = true;
    if (!IsWaiting()) return;
    Send();
  }

  // Sends what can be sent now.
  void Send() {
    while (!lost_ && sent_ < out_.size()) {
      const ssize_t sent = send(socket_.get(), out_.data() + sent_, out_.size() - sent_, MSG_NOSIGNAL);
      if (sent == -1 && errno != EAGAIN && errno != EINTR) lost_ = true;
      if (sent == -1) return;
      sent_ += static_cast<std::size_t>(sent);
      if (sent_ > kMostSent) Forget();
    }
    Forget();
  }

  bool IsWaiting() const { return sent_ < out_.size(); }

  // It has left, or must.
  bool IsLost() const { return lost_; }

  // Receives what is there.
  void Receive() {
    std::array<char, std::size_t{64} * 1024> bytes;
    const ssize_t received = recv(socket_.get(), bytes.data(), bytes.size(), 0);
    if (received > 0) in_.append(bytes.data(), static_cast<std::size_t>(received));
    if (received == -1 && errno != EAGAIN && errno != EINTR) Fail("recv");
    if (received == 0) end_ = true;
  }

  // The next whole line of it.
  std::optional<std::string> NextLine() {
    auto line = TakeLine(in_, searched_);
    searched_ = line ? 0 : in_.size();
    // At its end, what is left is no line: it is dropped.
    if ((!line && (end_ || in_.size() > kLongest)) || (line && line->size() > kLongest)) lost_ = true;
    if (lost_) return std::nullopt;
    return line;
  }

 private:
  static constexpr std::size_t kLongest = std::size_t{64} * 1024 + 1;  // a carriage return may follow
  static constexpr std::size_t kMostWaiting = std::size_t{8} * 1024 * 1024;
  static constexpr std::size_t kMostSent = std::size_t{1024} * 1024;

  void Forget() {
    out_.erase(0, sent_);
    sent_ = 0;
  }

  Fd socket_;
  std::string in_;            // received, and not yet taken
  std::size_t searched_ = 0;  // of it, without finding a newline
  std::string out_;           // to be sent; the first `sent_` bytes are
  std::size_t sent_ = 0;
  bool end_ = false;
  bool lost_ = false;
};

}  // namespace lab
