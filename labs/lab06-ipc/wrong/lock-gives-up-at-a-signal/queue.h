// Queue: two pipes. One holds the messages, as packets (pipe2(2), O_DIRECT): a read takes exactly one, so no lock is
// needed, and there is none that a dying process could take along. The other holds a byte for each message there is
// still room for. A part of ipc.cpp, included nowhere else.
#pragma once

#include <sys/ioctl.h>
#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <string>

#include "deadline.h"
#include "ipc.hpp"

namespace ipc {

inline int CheckedMaxsize(int maxsize) {
  if (maxsize < 0 || maxsize > Queue::kMaxSize) {
    throw std::invalid_argument("Queue: maxsize must be from 0 to " + std::to_string(Queue::kMaxSize));
  }
  return maxsize == 0 ? Queue::kMaxSize : maxsize;
}

Queue::Queue(int maxsize) : maxsize_(CheckedMaxsize(maxsize)), messages_(O_DIRECT), room_(0) {
  // A packet takes a page, however small it is.
  const long capacity = kMaxSize * sysconf(_SC_PAGESIZE);
  if (fcntl(messages_.writer.get(), F_SETPIPE_SZ, capacity) == -1) Fail("fcntl F_SETPIPE_SZ");
  const std::string bytes(static_cast<std::size_t>(maxsize_), '+');
  if (write(room_.writer.get(), bytes.data(), bytes.size()) == -1) Fail("write");
  lock_ = Descriptor(memfd_create("queue", MFD_CLOEXEC));
  if (!lock_.open()) Fail("memfd_create");
}

// The lock is free again when its holder ends, lockf(3).
class Locked {
 public:
  explicit Locked(const Descriptor& file) : file_(file) {
    if (lockf(file_.get(), F_LOCK, 0) == -1) Fail("lockf");
  }
  ~Locked() { lockf(file_.get(), F_ULOCK, 0); }
  Locked(const Locked&) = delete;

 private:
  const Descriptor& file_;
};

Queue::~Queue() = default;

void Queue::NeedsToBeOpen() const {
  if (!messages_.reader.open()) throw Closed("the queue is closed");
}

// Reads what lies next, up to size bytes, sleeping until there is something. Empty if the deadline comes first.
inline std::optional<std::size_t> Take(const PipeEnds& pipe, std::span<std::byte> target, const Deadline& deadline) {
  for (;;) {
    const ssize_t size = read(pipe.reader.get(), target.data(), target.size());
    if (size >= 0) return static_cast<std::size_t>(size);
    if (errno != EAGAIN) Fail("read");
    if (!deadline.WaitToRead(pipe.reader)) return std::nullopt;  // another process may still be faster than we
  }
}

inline Deadline DeadlineOf(bool block, std::optional<std::chrono::nanoseconds> timeout) {
  return Deadline(block ? timeout : std::chrono::nanoseconds(0));
}

void Queue::put(std::span<const std::byte> message, bool block, std::optional<std::chrono::nanoseconds> timeout) {
  NeedsToBeOpen();
  if (message.size() > kMaxMessage) throw std::length_error("put: a message has at most 4,000 bytes");
  std::byte room{};
  if (!Take(room_, {&room, 1}, DeadlineOf(block, timeout))) throw Full("put: no room");
  std::array<std::byte, 1 + kMaxMessage> packet{};  // its first byte makes a packet of an empty message, too
  std::copy(message.begin(), message.end(), packet.begin() + 1);
  if (write(messages_.writer.get(), packet.data(), 1 + message.size()) == -1) Fail("write");
}

Bytes Queue::get(bool block, std::optional<std::chrono::nanoseconds> timeout) {
  NeedsToBeOpen();
  std::array<std::byte, 1 + kMaxMessage> packet;
  const auto size = Take(messages_, packet, DeadlineOf(block, timeout));
  if (!size) throw Empty("get: no message");
  const Locked locked(lock_);
  const std::byte room{};
  if (write(room_.writer.get(), &room, 1) == -1) Fail("write");
  return {packet.begin() + 1, packet.begin() + *size};
}

int Queue::qsize() const {
  NeedsToBeOpen();
  int room = 0;
  if (ioctl(room_.reader.get(), FIONREAD, &room) == -1) Fail("ioctl FIONREAD");
  return maxsize_ - room;
}

bool Queue::empty() const { return qsize() == 0; }
bool Queue::full() const { return qsize() == maxsize_; }

void Queue::close() {
  messages_.Close();
  room_.Close();
  lock_.Close();
}

}  // namespace ipc
