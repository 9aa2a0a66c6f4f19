// Pipe: a pair of sockets that keep the borders of what is sent (SOCK_SEQPACKET, unix(7)). A message travels in pieces,
// each with a byte in front that says whether it is the first or the last. The kernel delivers a piece whole or not at
// all, so whatever moment a sender dies at, the reader knows where it is. A part of ipc.cpp, included nowhere else.
#pragma once

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>

#include "deadline.h"
#include "ipc.hpp"

namespace ipc {

inline constexpr std::size_t kLargest = std::size_t{16} << 20;
inline constexpr std::size_t kPiece = std::size_t{32} << 10;  // well below what a socket takes at once

inline constexpr std::byte kFirst{1};
inline constexpr std::byte kLast{2};

inline bool Has(std::byte mark, std::byte flag) { return (mark & flag) == flag; }

std::pair<Connection, Connection> Pipe(bool duplex) {
  using Ways = Connection::Ways;
  int sockets[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) == -1) Fail("socketpair");
  return {Connection(Descriptor(sockets[0]), duplex ? Ways::kBoth : Ways::kReceives),
          Connection(Descriptor(sockets[1]), duplex ? Ways::kBoth : Ways::kSends)};
}

Connection::Connection(Connection&& other) noexcept = default;
Connection& Connection::operator=(Connection&& other) noexcept {
  socket_ = std::move(other.socket_);
  ways_ = other.ways_;
  return *this;
}
Connection::~Connection() = default;

void Connection::NeedsToSend() const {
  if (!socket_.open()) throw Closed("send: this end is closed");
  if (ways_ == Ways::kReceives) throw std::logic_error("send: this end only receives");
}

void Connection::NeedsToReceive() const {
  if (!socket_.open()) throw Closed("recv: this end is closed");
  if (ways_ == Ways::kSends) throw std::logic_error("recv: this end only sends");
}

inline void SendPiece(const Descriptor& socket, std::byte mark, std::span<const std::byte> piece) {
  iovec parts[] = {{&mark, 1}, {const_cast<std::byte*>(piece.data()), piece.size()}};
  msghdr packet{};
  packet.msg_iov = parts;
  packet.msg_iovlen = 2;
  while (sendmsg(socket.get(), &packet, MSG_NOSIGNAL) == -1) {
    if (errno == EPIPE || errno == ECONNRESET) throw Disconnected("send: nobody is left to receive it");
    if (errno != EINTR) Fail("sendmsg");
  }
}

void Connection::send(std::span<const std::byte> message) {
  NeedsToSend();
  if (message.size() > kLargest) throw std::length_error("send: a message has at most 16 MiB");
  std::byte mark = kFirst;
  do {
    const auto piece = message.first(std::min(kPiece, message.size()));
    message = message.subspan(piece.size());
    SendPiece(socket_, message.empty() ? mark | kLast : mark, piece);
    mark = std::byte{0};
  } while (!message.empty());
}

bool Connection::TakePiece() {
  std::array<std::byte, 1 + kPiece> packet;
  ssize_t size = 0;
  // ECONNRESET tells, once, that the other side left without reading all we sent. What it sent itself is still there.
  while ((size = ::recv(socket_.get(), packet.data(), packet.size(), 0)) == -1) {
    if (errno != EINTR && errno != ECONNRESET) Fail("recv");
  }
  if (size == 0) {
    arriving_.clear();
    throw Disconnected("recv: nobody is left to send");
  }
  if (Has(packet[0], kFirst)) arriving_.clear();  // the sender of what was there has died over it
  arriving_.insert(arriving_.end(), packet.begin() + 1, packet.begin() + size);
  return Has(packet[0], kLast);
}

Bytes Connection::recv() {
  NeedsToReceive();
  while (!TakePiece()) continue;
  return std::exchange(arriving_, {});
}

Connection::Next Connection::Peek() const {
  std::byte mark{};
  switch (::recv(socket_.get(), &mark, 1, MSG_PEEK | MSG_DONTWAIT)) {
    case 1:
      return Has(mark, kLast) ? Next::kEndOfMessage : Next::kPart;
    case 0:
      return Next::kEndOfStream;
    default:
      if (errno != EAGAIN && errno != EINTR && errno != ECONNRESET) Fail("recv");
      return Next::kNothing;
  }
}

// A long message does not fit into the socket: it can only be waited for by taking its pieces.
bool Connection::poll(std::chrono::nanoseconds timeout) {
  NeedsToReceive();
  const Deadline deadline(timeout);
  while (deadline.WaitToRead(socket_)) {
    const Next next = Peek();
    if (next == Next::kEndOfMessage || next == Next::kEndOfStream) return true;
    if (next == Next::kPart) TakePiece();
  }
  return false;
}

void Connection::close() {
  socket_.Close();
  arriving_ = {};
}

}  // namespace ipc
