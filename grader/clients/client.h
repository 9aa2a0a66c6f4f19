// One TCP connection to a server in a sandbox.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grader/clients/dialogue.h"
#include "grader/clients/endpoint.h"
#include "grader/os/fd.h"

namespace grader::clients {

struct ConnectOptions {
  int receive_buffer = 0;  // SO_RCVBUF in bytes, so that a client that stalls is full soon; 0 is the kernel's choice
};

// It acts at once and never waits; what it hears arrives while Clients waits for something.
class Client {
 public:
  // Begins to connect the socket; without one the server has ended, and the client is refused. number is its name to
  // students: "client 3".
  Client(os::Fd socket, const Endpoint& server, int number, ConnectOptions options = {});
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  int number() const { return number_; }
  std::string name() const { return "client " + std::to_string(number_); }

  // Sends bytes after all that was said before, as far as the server's window lets it; the rest as soon as it can.
  void Say(std::string_view bytes);
  // End of file, after all that was said (shutdown(2), SHUT_WR).
  void HalfClose();
  // Says this, and is gone: all of it and the end of file arrive in one piece, if it is less than a segment of the
  // loopback (64 KiB), and what the server answers meets a closed door (MSG_MORE of send(2), tcp(7)). It must be
  // connected, and have said all before.
  void SayAndVanish(std::string_view bytes);
  // Closes now; what is unsent is dropped. If anything is unread the kernel makes a reset of it.
  void Close();
  // Closes with a reset (SO_LINGER of 0).
  void Reset();
  // Stops reading, so that the kernel's buffers fill, and goes on.
  void Stall();
  void Resume();

  // All that was heard so far, and what of it was not taken yet.
  const std::string& heard() const { return heard_; }
  std::string_view unread() const { return std::string_view(heard_).substr(taken_); }
  std::string Take(std::size_t size);  // at most as much as there is
  std::string TakeAll() { return Take(unread().size()); }
  // A whole line, without its newline and a carriage return before that.
  std::optional<std::string> TakeLine();

  std::size_t unsent() const { return unsent_.size() - sent_; }
  bool connecting() const { return state_ == State::kConnecting; }
  bool connected() const { return state_ == State::kOpen || state_ == State::kHeardEnd; }
  bool refused() const { return state_ == State::kRefused; }
  // The server has closed its side: end of file, or a reset.
  bool ended() const { return state_ == State::kHeardEnd || state_ == State::kReset; }
  bool reset() const { return state_ == State::kReset; }
  bool closed() const { return state_ == State::kClosed; }  // by itself
  // It connects, or reads and has not heard the end: a server that dies lets it hear of that.
  bool listens() const { return connecting() || (state_ == State::kOpen && !stalled_); }

  // The client's own port; 0 if it has no socket.
  std::uint16_t port() const;

  // "client 3 said \"hello\\n\"", one line for each event.
  std::vector<std::string> Transcript() const;

 private:
  friend class Clients;
  enum class State { kConnecting, kRefused, kOpen, kHeardEnd, kReset, kClosed };

  int fd() const { return socket_.get(); }
  std::uint32_t Interest() const;  // epoll_ctl(2)
  // Moves what can be moved now. Whether anything happened.
  bool Act(std::uint32_t events);
  bool FinishConnecting();
  bool Flush();
  bool Drain();
  void Lose(int error);
  void Note(std::string_view what) { dialogue_.Add(Dialogue::Voice::kNote, what); }

  os::Fd socket_;
  Endpoint server_;
  int number_ = 0;
  State state_ = State::kConnecting;
  bool stalled_ = false;
  bool half_close_wanted_ = false;
  bool half_closed_ = false;
  std::string unsent_;
  std::size_t sent_ = 0;  // of unsent_
  std::string heard_;
  std::size_t taken_ = 0;
  Dialogue dialogue_;
  std::uint32_t watched_ = 0;  // what the event loop watches it for
};

}  // namespace grader::clients
