// Pipe: a stream socket, with the length before each message. Queue: a pipe for the messages, semaphores and a robust
// mutex in shared memory.
#include "ipc.hpp"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <system_error>

namespace ipc {
namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void Throw(const char* what, int error = errno) {
  throw std::system_error(error, std::generic_category(), what);
}

void CloseFd(int& fd) {
  if (fd != -1) ::close(fd);
  fd = -1;
}

constexpr std::size_t kLongest = 16u << 20;

std::size_t LengthIn(const Bytes& buffer) {
  std::uint32_t length = 0;
  std::memcpy(&length, buffer.data(), sizeof length);
  return length;
}

}  // namespace

std::pair<Connection, Connection> Pipe(bool duplex) {
  int fds[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) == -1) Throw("socketpair");
  return {Connection(fds[0], duplex, true), Connection(fds[1], true, duplex)};
}

Connection::Connection(Connection&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)),
      sends_(other.sends_),
      receives_(other.receives_),
      buffer_(std::move(other.buffer_)) {}

Connection& Connection::operator=(Connection&& other) noexcept {
  if (this != &other) {
    close();
    socket_ = std::exchange(other.socket_, -1);
    sends_ = other.sends_;
    receives_ = other.receives_;
    buffer_ = std::move(other.buffer_);
  }
  return *this;
}

Connection::~Connection() { close(); }

void Connection::close() { CloseFd(socket_); }

void Connection::send(std::span<const std::byte> message) {
  if (socket_ == -1) throw Closed("closed");
  if (!sends_) throw std::logic_error("only receives");
  if (message.size() > kLongest) throw std::length_error("too long");
  const auto length = static_cast<std::uint32_t>(message.size());
  std::array<std::byte, 4> header;
  std::memcpy(header.data(), &length, 4);
  for (std::span<const std::byte> rest : {std::span<const std::byte>(header), message}) {
    while (!rest.empty()) {
      const ssize_t n = ::send(socket_, rest.data(), rest.size(), 0);
      if (n >= 0) {
        rest = rest.subspan(static_cast<std::size_t>(n));
      } else if (errno == EPIPE || errno == ECONNRESET) {
        throw Disconnected("nobody there");
      } else if (errno != EINTR) {
        Throw("send");
      }
    }
  }
}

bool Connection::whole() const { return buffer_.size() >= 4 && buffer_.size() == 4 + LengthIn(buffer_); }

// Reads what belongs to this message; false at the end of the stream.
bool Connection::fetch(int flags) {
  const std::size_t have = buffer_.size();
  const std::size_t missing = have < 4 ? 4 - have : std::min<std::size_t>(4 + LengthIn(buffer_) - have, 1 << 18);
  buffer_.resize(have + missing);
  const ssize_t n = ::recv(socket_, buffer_.data() + have, missing, flags);
  const int error = errno;
  buffer_.resize(have + static_cast<std::size_t>(std::max<ssize_t>(n, 0)));
  if (n > 0) return true;
  if (n == 0 || error == ECONNRESET) return false;
  if (error != EINTR && error != EAGAIN) Throw("recv", error);
  return true;
}

Bytes Connection::recv() {
  if (socket_ == -1) throw Closed("closed");
  if (!receives_) throw std::logic_error("only sends");
  while (!whole()) {
    if (!fetch(0)) throw Disconnected("nobody there");
  }
  Bytes message(buffer_.begin() + 4, buffer_.end());
  buffer_.clear();
  return message;
}

bool Connection::poll(std::chrono::nanoseconds timeout) {
  if (socket_ == -1) throw Closed("closed");
  if (!receives_) throw std::logic_error("only sends");
  const auto end = Clock::now() + std::max(timeout, std::chrono::nanoseconds(0));
  while (!whole()) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(std::max(end - Clock::now(), Clock::duration(0)));
    pollfd wanted{socket_, POLLIN, 0};
    const int ready = ::poll(&wanted, 1, static_cast<int>(left.count()));
    if (ready == -1 && errno != EINTR) Throw("poll");
    if (ready == 0) return false;
    if (ready == 1 && !fetch(MSG_DONTWAIT)) return true;
  }
  return true;
}

struct Queue::Shared {
  pthread_mutex_t reading;
  sem_t messages;
  sem_t room;
};

Queue::Queue(int maxsize) : maxsize_(maxsize == 0 ? kMaxSize : maxsize) {
  if (maxsize < 0 || maxsize > kMaxSize) throw std::invalid_argument("maxsize");
  int fds[2];
  if (pipe2(fds, O_CLOEXEC) == -1) Throw("pipe2");
  read_ = fds[0];
  write_ = fds[1];
  void* const memory = mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED || fcntl(write_, F_SETPIPE_SZ, 128 * 4096) == -1) {
    const int error = errno;
    if (memory != MAP_FAILED) munmap(memory, sizeof(Shared));
    CloseFd(read_);
    CloseFd(write_);
    Throw("Queue", error);
  }
  shared_ = new (memory) Shared;
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
  pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
  pthread_mutex_init(&shared_->reading, &attributes);
  pthread_mutexattr_destroy(&attributes);
  sem_init(&shared_->messages, 1, 0);
  sem_init(&shared_->room, 1, static_cast<unsigned>(maxsize_));
}

Queue::~Queue() { close(); }

void Queue::close() {
  if (shared_ != nullptr) munmap(shared_, sizeof(Shared));
  shared_ = nullptr;
  CloseFd(read_);
  CloseFd(write_);
}

void Queue::wait(void* semaphore, bool block, std::optional<std::chrono::nanoseconds> timeout, bool putting) const {
  auto* const sem = static_cast<sem_t*>(semaphore);
  timespec end{};
  clock_gettime(CLOCK_MONOTONIC, &end);
  const std::int64_t nanoseconds =
      end.tv_nsec + std::max<std::int64_t>(timeout.value_or(std::chrono::nanoseconds(0)).count(), 0);
  end.tv_sec += nanoseconds / 1'000'000'000;
  end.tv_nsec = nanoseconds % 1'000'000'000;
  for (;;) {
    const int result = !block ? sem_trywait(sem) : timeout ? sem_clockwait(sem, CLOCK_MONOTONIC, &end) : sem_wait(sem);
    if (result == 0) return;
    if (errno == EINTR) continue;
    if (errno != EAGAIN && errno != ETIMEDOUT) Throw("sem_wait");
    if (putting) throw Full("full");
    throw Empty("empty");
  }
}

void Queue::put(std::span<const std::byte> message, bool block, std::optional<std::chrono::nanoseconds> timeout) {
  if (shared_ == nullptr) throw Closed("closed");
  if (message.size() > kMaxMessage) throw std::length_error("too long");
  wait(&shared_->room, block, timeout, true);
  const auto length = static_cast<std::uint16_t>(message.size());
  std::array<std::byte, 2 + kMaxMessage> record;
  std::memcpy(record.data(), &length, 2);
  std::copy(message.begin(), message.end(), record.begin() + 2);
  while (write(write_, record.data(), 2u + length) == -1) {  // at most PIPE_BUF: whole or not at all
    if (errno != EINTR) Throw("write");
  }
  sem_post(&shared_->messages);
}

Bytes Queue::get(bool block, std::optional<std::chrono::nanoseconds> timeout) {
  if (shared_ == nullptr) throw Closed("closed");
  wait(&shared_->messages, block, timeout, false);
  if (pthread_mutex_lock(&shared_->reading) == EOWNERDEAD) pthread_mutex_consistent(&shared_->reading);
  const auto read_all = [this](void* target, std::size_t size) {
    auto* next = static_cast<char*>(target);
    while (size > 0) {
      const ssize_t n = read(read_, next, size);
      if (n == -1 && errno != EINTR) Throw("read");
      if (n > 0) {
        next += n;
        size -= static_cast<std::size_t>(n);
      }
    }
  };
  std::uint16_t length = 0;
  read_all(&length, 2);
  Bytes message(length);
  read_all(message.data(), length);
  pthread_mutex_unlock(&shared_->reading);
  sem_post(&shared_->room);
  return message;
}

int Queue::qsize() const {
  if (shared_ == nullptr) throw Closed("closed");
  int value = 0;
  sem_getvalue(&shared_->messages, &value);
  return value;
}

bool Queue::empty() const { return qsize() == 0; }
bool Queue::full() const { return qsize() == maxsize_; }

}  // namespace ipc
