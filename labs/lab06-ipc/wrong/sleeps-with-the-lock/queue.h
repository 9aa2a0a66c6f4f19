// Queue: two pipes. One holds the messages, as packets (pipe2(2), O_DIRECT): a read takes exactly one, so no lock is
// needed, and there is none that a dying process could take along. The other holds a byte for each message there is
// still room for. A part of ipc.cpp, included nowhere else.
#pragma once

#include <sys/ioctl.h>
#include <sys/mman.h>

#include <ctime>

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

// A lock for all processes, in memory that they share.
inline sem_t* NewLock() {
  void* const memory = mmap(nullptr, sizeof(sem_t), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) Fail("mmap");
  auto* const lock = static_cast<sem_t*>(memory);
  sem_init(lock, 1, 1);
  return lock;
}

// Takes the lock; false if others keep it for too long.
inline bool Lock(sem_t* lock, const std::optional<std::chrono::nanoseconds>& timeout) {
  using std::chrono::nanoseconds;
  const nanoseconds most = std::max(timeout.value_or(nanoseconds(0)), nanoseconds(0));
  timespec until{};
  clock_gettime(CLOCK_MONOTONIC, &until);
  const nanoseconds end = nanoseconds(until.tv_nsec) + most;
  until.tv_sec += end / std::chrono::seconds(1);
  until.tv_nsec = (end % std::chrono::seconds(1)).count();
  while ((timeout ? sem_clockwait(lock, CLOCK_MONOTONIC, &until) : sem_wait(lock)) == -1) {
    if (errno == ETIMEDOUT) return false;
    if (errno != EINTR) Fail("sem_wait");
  }
  return true;
}

Queue::Queue(int maxsize) : maxsize_(CheckedMaxsize(maxsize)), messages_(O_DIRECT), room_(0) {
  reading_ = NewLock();
  // A packet takes a page, however small it is.
  const long capacity = kMaxSize * sysconf(_SC_PAGESIZE);
  if (fcntl(messages_.writer.get(), F_SETPIPE_SZ, capacity) == -1) Fail("fcntl F_SETPIPE_SZ");
  const std::string bytes(static_cast<std::size_t>(maxsize_), '+');
  if (write(room_.writer.get(), bytes.data(), bytes.size()) == -1) Fail("write");
}

Queue::~Queue() { close(); }

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
  if (!block) timeout = std::chrono::nanoseconds(0);
  const Deadline deadline(timeout);
  if (!Lock(reading_, timeout)) throw Empty("get: others are waiting");
  const auto size = Take(messages_, packet, deadline);
  sem_post(reading_);
  if (!size) throw Empty("get: no message");
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
  if (reading_ != nullptr) munmap(std::exchange(reading_, nullptr), sizeof(sem_t));
  messages_.Close();
  room_.Close();
}

}  // namespace ipc
