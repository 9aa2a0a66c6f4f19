// One client. Nothing here ever waits for it.
#pragma once

#include <sys/sendfile.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "site.h"

namespace lab {

class Connection {
 public:
  Connection(Fd socket, const Site& site) : socket_(std::move(socket)), site_(&site) {}

  int descriptor() const { return socket_.get(); }

  // Whether it waits until the client takes more, rather than until the client sends more. A client's next request is
  // not read while it has not taken the reply to the last one: so it cannot make us store anything.
  bool IsSending() const { return !out_.empty() || file_left_ > 0; }

  // Whether only the client's end of file is waited for.
  bool IsClosing() const { return state_ == State::kClosing; }

  // Goes on as far as it can without waiting. False: the connection is over.
  bool Continue() {
    if (!IsSending()) Receive();
    if (state_ == State::kClosing) return !end_of_file_;
    while (state_ == State::kOpen && Send() && NextRequest()) continue;
    return state_ != State::kOver;
  }

 private:
  enum class State { kOpen, kClosing, kOver };

  void Receive() {
    std::array<char, std::size_t{32} * 1024> bytes;
    const ssize_t received = recv(socket_.get(), bytes.data(), bytes.size(), 0);
    if (received == 0) end_of_file_ = true;
    if (received == -1 && errno != EAGAIN && errno != EINTR) state_ = State::kOver;
    if (received > 0 && state_ == State::kOpen) in_.append(bytes.data(), static_cast<std::size_t>(received));
  }

  // Whether all is sent.
  bool Send() {
    while (!out_.empty()) {
      const ssize_t sent =
          send(socket_.get(), out_.data(), out_.size(), MSG_NOSIGNAL | (file_left_ > 0 ? MSG_MORE : 0));
      if (sent == -1) return CannotSend();
      out_.erase(0, static_cast<std::size_t>(sent));
    }
    while (file_left_ > 0) {
      const ssize_t sent = sendfile(socket_.get(), file_.get(), nullptr, std::min<std::size_t>(file_left_, kPortion));
      if (sent == -1) return CannotSend();
      if (sent == 0) state_ = State::kOver;  // the file has become shorter: only closing tells the client
      if (sent == 0) return false;
      file_left_ -= static_cast<std::size_t>(sent);
    }
    file_ = Fd();
    if (last_) Close();
    return state_ == State::kOpen;
  }

  bool CannotSend() {
    if (errno != EAGAIN && errno != EINTR) state_ = State::kOver;
    return false;
  }

  // Closing while bytes of the client are unread resets the connection, and the reply may be lost. So first the client
  // learns that no more will come, and what it still sends is read past until it closes too: RFC 9112, section 9.6.
  void Close() {
    shutdown(socket_.get(), SHUT_WR);
    state_ = end_of_file_ ? State::kOver : State::kClosing;
    in_ = {};
  }

  // Whether there was a whole one. Its reply is out_ and file_ then.
  bool NextRequest() {
    const auto skipped = std::min(body_left_, in_.size());
    in_.erase(0, skipped);
    body_left_ -= skipped;
    if (body_left_ == 0) {
      // An empty line before a request is read past: RFC 9112, section 2.2.
      if (searched_ == 0) in_.erase(0, std::min(in_.find_first_not_of("\r\n"), in_.size()));
      try {
        if (const auto end = EndOfHead(in_, searched_)) return Reply(*end);
        searched_ = in_.size();
      } catch (const Refusal& refusal) {
        return Refuse(refusal);
      }
    }
    if (end_of_file_) state_ = State::kOver;
    return false;
  }

  bool Reply(std::size_t head) {
    const Request request = ParseRequest(std::string_view(in_).substr(0, head));
    in_.erase(0, head);
    searched_ = 0;
    body_left_ = request.body;
    last_ = !request.keep_alive || request.expects_continue;
    Put(site_->Answer(request), request.IsHead());
    return true;
  }

  // After a request that was not understood nobody knows where the next one begins.
  bool Refuse(Refusal refusal) {
    last_ = true;
    Put(ErrorPage(refusal.status), in_.starts_with("HEAD "));
    return true;
  }

  void Put(Response response, bool head_only) {
    out_ = HeadOf(response, !last_);
    if (head_only && response.status == 200) return;
    out_ += response.body;
    file_ = std::move(response.file);
    file_left_ = response.file_size;
  }

  static constexpr std::size_t kPortion = 256 * 1024;

  Fd socket_;
  const Site* site_;
  State state_ = State::kOpen;
  std::string in_;             // received, and not yet used
  std::size_t searched_ = 0;   // of it, without finding the end of a head
  std::size_t body_left_ = 0;  // to be read past
  bool end_of_file_ = false;   // the client sends no more
  std::string out_;            // to be sent
  Fd file_;                    // after it, and so much of it:
  std::size_t file_left_ = 0;
  bool last_ = false;  // the connection ends with this reply
};

}  // namespace lab
